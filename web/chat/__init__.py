"""The public chat pages."""
