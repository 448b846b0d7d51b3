"""How a text answers the question that was asked."""
