"""The one write path, and the record of who did what, when and why."""
