"""Brings documents in: keeps the bytes, hashes, de-duplicates, refuses with a reason.

`gather` walks what a user adds, `keep` archives one document.  Method: docs/method/ingest.md.
"""

from muster.ingest.gather import gather
from muster.ingest.incoming import Incoming
from muster.ingest.keeping import keep
from muster.ingest.limits import IngestLimits

__all__ = ["Incoming", "IngestLimits", "gather", "keep"]
