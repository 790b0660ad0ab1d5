"""Statements that anybody can check (compact JWS, ES256)."""
