"""Migrations of centre."""
