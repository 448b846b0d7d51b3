"""The interfaces for machines."""
