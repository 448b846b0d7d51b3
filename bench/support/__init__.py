"""Tools of measurements and tests: real servers, a person who chats, a mail box, many who book at once."""
