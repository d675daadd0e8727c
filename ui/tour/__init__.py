"""Plays a visit file on the real screens: the tour of ``make run``, the journeys of the tests."""
