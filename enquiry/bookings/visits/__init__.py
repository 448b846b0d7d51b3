"""Initial visits: which times are free, who goes, what came of a visit."""
