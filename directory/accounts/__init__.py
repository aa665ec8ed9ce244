"""Organisations, their members and their standing: package and tier."""
