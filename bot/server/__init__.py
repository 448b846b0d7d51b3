"""The Rasa server: its HTTP channel, what it remembers of a conversation, and what it logs."""
