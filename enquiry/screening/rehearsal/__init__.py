"""A rehearsal of changed criteria: the same answers decided twice, and what would differ."""
