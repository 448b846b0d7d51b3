"""Information events: dates, places, waiting lists, the list at the door, and what people thought of them."""
