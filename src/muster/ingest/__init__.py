"""Brings documents in: keeps the bytes, hashes, de-duplicates, refuses with a reason.

`gather` walks what a user adds (`walk`) and opens it (`open_file`), `keep` archives one
document.  Method: docs/method/ingest.md.
"""

from muster.ingest.gather import Found, gather, open_file, too_many, walk
from muster.ingest.incoming import Incoming, Place
from muster.ingest.keeping import keep
from muster.ingest.limits import IngestLimits

__all__ = ["Found", "Incoming", "IngestLimits", "Place", "gather", "keep", "open_file", "too_many", "walk"]
