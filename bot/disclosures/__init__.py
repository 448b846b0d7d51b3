"""Finding a safeguarding disclosure: rules and a trained part together."""
