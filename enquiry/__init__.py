"""The domain of a fostering service's first point of contact. It knows no Rasa and no HTTP."""
