"""Plain records and rules of the hamlet point; standard library only."""
