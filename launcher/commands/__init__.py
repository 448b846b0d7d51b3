"""Commands of ./hearth, one module each."""
