"""Screens, one class per moment of a visit."""
