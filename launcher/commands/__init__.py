"""What ./hearth can do; one module a command."""
