"""Members of staff: accounts, sessions, and who may do what."""
