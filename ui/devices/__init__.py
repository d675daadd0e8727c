"""Printer, scanner and voice, each with a Null twin."""
