"""How far deals have devolved so far."""
