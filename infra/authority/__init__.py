"""Certificates for the seal: a demonstration authority, and requests to a real one.

A seal that outsiders trust needs a certificate of a qualified trust service provider: the
provider signs a request that is made around the KMS key (`python -m infra.authority request`).
A laptop has nobody to ask, so it makes its own authority, whose certificates say that they are
for demonstrations.
"""
