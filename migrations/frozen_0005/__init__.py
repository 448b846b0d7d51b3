"""Parts of migration 0005. Frozen: stores were made by them. A later change is a later migration."""
