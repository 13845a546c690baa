"""Published tables: a path in, a checked value out, every fault listed."""
