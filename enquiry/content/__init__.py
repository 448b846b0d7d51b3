"""Approved texts: answers to what people ask, and every other sentence."""
