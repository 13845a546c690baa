"""Designing an area plan: criteria, search, bound, conflicts, reasons."""
