"""Understand and review: what people need, whether it has worked, and whether it is fair."""
