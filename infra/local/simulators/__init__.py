"""The outside parties on a laptop: each is a real HTTP server that speaks the party's protocol.

They share no code with the adapters that talk to them, so that a mistake is not made twice.
"""
