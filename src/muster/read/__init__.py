"""Bytes to Reading: one module per format; boilerplate, metadata, repairs."""
