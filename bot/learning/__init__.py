"""Learning that the trained parts share: TF-IDF, ridge regression on a kernel, and steps by gradients."""
