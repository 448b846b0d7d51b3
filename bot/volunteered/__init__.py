"""Facts that people tell unasked, and what they say to the list of their answers."""
