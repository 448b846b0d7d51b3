"""What people say after a disclosure: they ask what comes next, or say that it was not meant that way."""
