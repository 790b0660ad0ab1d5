"""Service models: what a municipal service is, said without code."""
