"""The screening questions, and what the answers to them lead to. Pure policy, but for the history of rehearsals."""
