"""Sentence vectors: the network, the adapter that is added to its weights, and how that is trained."""
