"""What is deleted, and when: on request, or when its time is over."""
