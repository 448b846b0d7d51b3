"""The steps of the conversation, run by the Rasa action server: one module a step; no SQL, no policy, no wording."""
