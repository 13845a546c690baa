"""Who uses the hall, and in which role."""
