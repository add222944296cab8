"""Where a case is kept: one SQLite file, or a PostgreSQL database for a team. Only this package opens a database."""
