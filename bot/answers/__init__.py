"""Reading of answers to the question that was asked."""
