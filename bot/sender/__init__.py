"""The sender: who is writing, and how they feel. Not what a message asks, but what shapes the reply to it."""
