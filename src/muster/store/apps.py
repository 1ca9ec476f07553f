"""The store as a Django application."""

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Named "store", so that its tables are store_document, store_reading, ..."""

    name = "muster.store"
    label = "store"
