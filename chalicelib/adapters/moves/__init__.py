"""The log of moves: in the table, and in memory for tests."""
