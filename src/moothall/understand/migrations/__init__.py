"""Migrations of understand."""
