"""Brings documents in: keeps the bytes, hashes, de-duplicates, logs the acquisition."""
