"""Read what the centre keeps: the only readers of its tables, one file a subject."""
