"""Conversations: messages, which question is next, links to carry on later."""
