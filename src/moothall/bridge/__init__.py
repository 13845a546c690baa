"""The one way between the hall and the core: rows to values, values to rows."""
