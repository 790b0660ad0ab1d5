"""Starts MiniStack, the embedded cloud, with the repairs that this system needs.

Runs in its own environment (infra/local/requirements.txt): only the standard library and
ministack may be imported here.
"""

MADE_FOR = "1.5.33"
