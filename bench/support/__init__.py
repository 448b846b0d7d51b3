"""What measurements and tests share: real servers, a person who chats, a mail box, many who book at once."""
