"""Programmes, functions and who holds them, and how the money runs."""
