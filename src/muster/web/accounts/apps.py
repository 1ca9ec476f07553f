"""The accounts, as an application of Django."""

from django.apps import AppConfig


class Accounts(AppConfig):
    """Members of cases, invitations and tokens."""

    name = "muster.web.accounts"
    label = "accounts"
