"""The assistant: understands messages inside the Rasa server, and knows `data/` and nothing else."""
