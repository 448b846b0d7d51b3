"""Handoffs: work for a person at the service, and by when."""
