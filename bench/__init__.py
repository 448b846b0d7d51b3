"""Measurements. They say how fast and how good; tests say whether it is right."""
