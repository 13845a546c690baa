"""Vesting days and the timetable that leads to them."""
