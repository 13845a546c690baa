"""The front door, and who decides where you live."""
