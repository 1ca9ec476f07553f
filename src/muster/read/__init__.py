"""Bytes to Reading: one module per format; boilerplate, metadata, repairs.

`read` is the way in.  Method: docs/method/reading.md.
"""

from muster.read.options import ReadOptions, Unreadable
from muster.read.reader import read

__all__ = ["ReadOptions", "Unreadable", "read"]
