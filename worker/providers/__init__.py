"""The ways in which messages go out."""
