"""Blocks, borders and existing geographies, and how well an area plan fits them."""
