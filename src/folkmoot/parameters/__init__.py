"""Dated, sourced values that policy or law sets: TOML files and their one reader."""
