"""Looking at data/ before it is used, and training the assistant from it."""
