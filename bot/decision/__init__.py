"""The decision what a message means for the conversation, once all that was found out about it is weighed."""
