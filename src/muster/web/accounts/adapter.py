"""How accounts are made: by invitation only."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils import timezone

from muster.web.accounts.models import Invitation

#: Where the session keeps which invitation was opened.
OPENED = "invitation"


def opened(request: HttpRequest) -> Invitation | None:
    """Return the invitation that was opened in this session, if it is still good."""
    key = request.session.get(OPENED)
    return Invitation.good(timezone.now()).filter(pk=key).first() if isinstance(key, int) else None


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Lets nobody sign up without an invitation, and sends no mail."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell whether this visitor may make an account."""
        return opened(request) is not None

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send nothing: Muster sends nothing off the machine."""
