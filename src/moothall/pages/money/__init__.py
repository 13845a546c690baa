"""The settlement: who is given what."""
