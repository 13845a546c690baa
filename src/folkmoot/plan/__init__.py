"""One devolution plan carried through every room, written, and verified."""
