"""Filled forms as paper: official declarations from layouts, and the slip that the citizen takes home."""
