"""What a person at the service has to do, and by when."""
