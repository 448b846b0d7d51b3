"""Who is writing, and how they feel: not what a message asks, but what shapes the reply to it."""
