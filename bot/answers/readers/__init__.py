"""One file a subject of the screening questions: the rules by which answers to them are read."""
