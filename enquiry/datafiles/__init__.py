"""Reading the files in data/: lines, remedies, places to be filled."""
