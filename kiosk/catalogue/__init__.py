"""What the point knows of procedures, places and its commune: dated, read-only data."""
