"""One turn of a conversation: keep what was typed, ask the assistant, keep what it says, tell whoever is listening."""
