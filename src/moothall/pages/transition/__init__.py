"""The transition: what is done when, and when functions vest."""
