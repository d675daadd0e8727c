"""What the hub remembers: SQLAlchemy Core on SQLite or PostgreSQL; sealed bodies, never open content."""
