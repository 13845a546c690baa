"""Areas and the conflicts between geographies."""
