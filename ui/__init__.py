"""What people see at the point; the only place with Qt."""
