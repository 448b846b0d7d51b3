"""What staff read, query by query. Every function takes the reader's agency, so that no query crosses agencies."""
