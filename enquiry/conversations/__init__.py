"""What is said in the chat: messages, which question is next, links to carry on later."""
