"""Step 1, understand: what each area needs, and how large the postcode lottery is."""
