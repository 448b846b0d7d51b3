"""What runs inside the Rasa server: it understands messages, and knows `data/` and nothing else."""
