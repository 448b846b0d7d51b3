"""Detection of safeguarding disclosures: rules and a trained part together."""
