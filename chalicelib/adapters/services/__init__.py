"""Published service models: in the table, and in memory for tests."""
