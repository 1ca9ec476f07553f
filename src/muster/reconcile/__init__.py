"""Mentions to entities, statements to incidents, across documents."""

from muster.reconcile.entities import EntityState, reconcile_entities
from muster.reconcile.incidents import reconcile_incidents
from muster.reconcile.outline import outline

__all__ = ["EntityState", "outline", "reconcile_entities", "reconcile_incidents"]
