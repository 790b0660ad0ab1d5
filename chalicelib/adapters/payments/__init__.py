"""Payment operators: one module each, and a twin for tests."""
