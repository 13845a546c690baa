"""England's commissioning areas: drawn, funded, and handed over, each figure with its reason."""
