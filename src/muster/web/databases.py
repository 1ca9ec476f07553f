"""Which tables lie in which database: those of a case in the case's own, all others with the accounts."""

from typing import Any

_CASE = "store"


class Router:
    """Keeps the two kinds of tables apart.  Cases are always named by their alias, never by this."""

    def allow_relation(self, one: Any, other: Any, **_hints: Any) -> bool | None:
        """Allow no relation between a case and the accounts."""
        return (one._meta.app_label == _CASE) == (other._meta.app_label == _CASE) or None

    def allow_migrate(self, db: str, app_label: str, **_hints: Any) -> bool:
        """Make tables of a case in cases only, and others among the accounts only."""
        return (app_label == _CASE) == (db != "default")
