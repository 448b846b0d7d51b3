"""Making the store ready: migrations, and what an empty store begins with."""
