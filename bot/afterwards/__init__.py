"""Messages after a disclosure: questions about what comes next, and denials."""
