"""The store: tables, engine, migration and seed."""
