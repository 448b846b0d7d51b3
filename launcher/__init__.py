"""The one command: makes what Hearth needs, then starts, trains or tests it."""
