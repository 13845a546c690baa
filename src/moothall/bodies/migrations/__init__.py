"""Migrations of bodies."""
