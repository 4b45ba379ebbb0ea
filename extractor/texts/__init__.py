"""Texts: bytes to characters, characters to sentences, and what a text says of its own origin."""
