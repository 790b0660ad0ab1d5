"""The population register: a demo twin, and a client of the reading contract over HTTP."""
