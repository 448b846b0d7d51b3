"""One household's way from the first question to a decision: stages, answers, decisions, notes."""
