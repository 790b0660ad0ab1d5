"""What `make check` and `make test` do."""
