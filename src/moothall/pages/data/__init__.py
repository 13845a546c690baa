"""What the figures rest on, and what is modelled."""
