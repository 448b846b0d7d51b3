"""What the Rasa action server runs: one module a step of the conversation; no SQL, no policy, no wording."""
