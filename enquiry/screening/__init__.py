"""The screening questions, and what the answers to them lead to. Pure policy."""
