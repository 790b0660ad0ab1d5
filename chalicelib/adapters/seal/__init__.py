"""The electronic seal: pyHanko makes the signature, a key behind it signs."""
