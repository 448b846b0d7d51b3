"""Classification: which topic or command a message is about, and how sure that is."""
