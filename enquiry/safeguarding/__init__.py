"""Harm and danger: the categories, what is said, what may be kept of a private text."""
