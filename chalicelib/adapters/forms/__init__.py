"""Checking answers against a form."""
