"""The point's end of the conversation: enrol, rounds, uploads. No Qt, and it never sleeps."""
