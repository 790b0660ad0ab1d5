"""Registers behind one door: each source by its own adapter, invented ones for demonstrations."""
