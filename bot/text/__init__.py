"""The text of a message by itself: how it is typed, its words and numbers, yes and no, its questions and clauses."""
