"""Who holds what, before the plan and after it; and the bodies that will."""
