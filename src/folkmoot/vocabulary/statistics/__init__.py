"""Statistics that several rooms share: intervals, variation, agreement, suppression."""
