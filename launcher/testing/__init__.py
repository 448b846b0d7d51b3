"""Running the test suite, and what it needs: a PostgreSQL server, a browser."""
