"""The `zagora` command: what process owners and DevOps do with service models and journals."""
