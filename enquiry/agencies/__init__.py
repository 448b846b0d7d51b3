"""One fostering service: what its file says, its area, its hours, and what is said where a fact is not known."""
