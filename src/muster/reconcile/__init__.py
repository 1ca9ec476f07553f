"""Mentions to entities, statements to incidents, across documents."""
