"""The tests' own ground. See README.md beside this file."""
