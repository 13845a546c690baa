"""Areas, the blocks they are made of, and the one commissioning body of each."""
