"""Deletion: on request, or when the time of something is over."""
