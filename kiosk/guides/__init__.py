"""Walkthroughs as data; none yet: the one job of today needs no guide."""
