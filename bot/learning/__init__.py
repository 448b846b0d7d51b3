"""Learning that the trained parts share: TF-IDF, and ridge regression on a kernel."""
