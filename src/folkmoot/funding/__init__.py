"""The formula: need, target, pace of change, settlement, explanation."""
