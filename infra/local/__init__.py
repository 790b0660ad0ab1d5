"""The stack on a laptop: an embedded cloud, simulated outside parties and a reverse proxy."""
