"""One spaCy pass over a message: words, numbers, people, questions and their parts."""
