"""What areas need, one area, and the postcode lottery."""
