"""Lists of people against lists of people: who in one is who in another.

Method: docs/method/lists.md.
"""

from muster.reconcile.lists.linking import Compared, Linkage, link_lists
from muster.reconcile.lists.people import ListedPerson

__all__ = ["Compared", "Linkage", "ListedPerson", "link_lists"]
