"""Widgets that know no dossier."""
