"""What a volunteer does: one module per errand, one short function per action."""
