"""The store: tables, engine, triggers, and a probe of it."""
