"""The Rasa server: its HTTP channel, what it stores of a conversation and how long, and what it logs."""
