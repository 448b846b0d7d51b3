"""What migration 0005 is made of. Frozen: stores were made by it. A later change is a later migration."""
