"""Queries behind the console's pages and the staff API. Every function takes the reader's agency, so that no query crosses agencies."""
