"""The centre's work: the devolution plan in force, settlements, and conflicts to negotiate."""
