"""Brings a stage to its cloud: AWS, or the embedded one when AWS_ENDPOINT_URL says so."""
