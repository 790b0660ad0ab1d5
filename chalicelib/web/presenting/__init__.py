"""From what the use cases know to what the pages show. Pure; nothing is decided here."""
