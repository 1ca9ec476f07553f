"""Mentions to entities, statements to incidents, across documents."""

from muster.reconcile.dating import date_documents, redate
from muster.reconcile.entities import EntityState, joined, reconcile_entities
from muster.reconcile.incidents import reconcile_incidents
from muster.reconcile.judged import judged, set_apart, sound
from muster.reconcile.outline import outline, outline_dated

__all__ = [
    "EntityState",
    "date_documents",
    "joined",
    "judged",
    "outline",
    "outline_dated",
    "reconcile_entities",
    "reconcile_incidents",
    "redate",
    "set_apart",
    "sound",
]
