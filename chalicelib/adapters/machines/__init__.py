"""State machines of services: Step Functions, and in memory for tests."""
