"""Readies Django.  Import it before muster.store.models."""

import os

import django
from django.apps import apps

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.store.django_settings")
if not apps.ready and not apps.apps_ready:
    django.setup()
