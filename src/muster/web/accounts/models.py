"""Cases that are served, their members, invitations to them, and tokens for programs."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a member may do; each may do what the one before may.

    A reader reads the record and exports it.  A reviewer also judges, adds documents, and sees the history
    and the originals.  An owner also says who is a member, and backs the case up.
    """

    READER = "reader", _("reader")
    REVIEWER = "reviewer", _("reviewer")
    OWNER = "owner", _("owner")

    def may(self, needed: str) -> bool:
        """Tell whether this role may do what needs another."""
        order = list(Role.values)
        return order.index(self.value) >= order.index(needed)


class CaseFolder(models.Model):
    """A case that is served.  slug stands in addresses; folder is an absolute path."""

    slug = models.SlugField(unique=True, max_length=80, allow_unicode=True)
    name = models.TextField()
    folder = models.TextField(unique=True)


class Member(models.Model):
    """A person's role in a case."""

    case = models.ForeignKey(CaseFolder, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    role = models.CharField(max_length=16, choices=Role)

    class Meta:  # noqa: D106
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "user"], name="membership_once")]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


class Invitation(models.Model):
    """A link that makes whoever opens it a member, once.  Only its digest is kept.

    case is null for the link that makes the first account.
    """

    digest = models.CharField(max_length=64, unique=True)
    case = models.ForeignKey(CaseFolder, models.CASCADE, null=True)
    role = models.CharField(max_length=16, choices=Role)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)
    ends_at = models.DateTimeField()
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    @classmethod
    def make(
        cls, case: CaseFolder | None, role: str, made_by: object, now: datetime, lasts: timedelta = timedelta(days=7)
    ) -> str:
        """Make an invitation and return its secret, which is nowhere kept."""
        secret = secrets.token_urlsafe(32)
        cls.objects.create(digest=_digest(secret), case=case, role=role, made_by=made_by, ends_at=now + lasts)
        return secret

    @classmethod
    def find(cls, secret: str, now: datetime) -> "Invitation | None":
        """Return the invitation of a secret, if it is still good."""
        return cls.good(now).filter(digest=_digest(secret)).first()

    @classmethod
    def good(cls, now: datetime) -> "models.QuerySet[Invitation]":
        """Return the invitations that still let somebody in: nobody used them, and who made them is still an owner."""
        owner = Member.objects.filter(
            case=models.OuterRef("case"), user=models.OuterRef("made_by"), user__is_active=True, role=Role.OWNER
        )
        unused = cls.objects.filter(used_by=None, ends_at__gt=now)
        return unused.filter(models.Q(case=None) | models.Exists(owner))


class Token(models.Model):
    """What a program shows instead of a password.  It may do what its user may.  Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE)
    name = models.CharField(max_length=80)
    made_at = models.DateTimeField()
    used_on = models.DateField(null=True)

    @classmethod
    def make(cls, user: object, name: str, now: datetime) -> str:
        """Make a token and return its secret, which is nowhere kept."""
        secret = "muster_" + secrets.token_urlsafe(32)
        cls.objects.create(digest=_digest(secret), user=user, name=name, made_at=now)
        return secret

    @classmethod
    def find(cls, secret: str) -> "Token | None":
        """Return the token of a secret, if there is one and its user may come in."""
        return cls.objects.select_related("user").filter(digest=_digest(secret), user__is_active=True).first()


class BuildState(models.TextChoices):
    """How a build stands.  One that is running and at which nobody is at work was interrupted."""

    QUEUED = "queued", _("waiting")
    RUNNING = "running", _("at work")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")


class Build(models.Model):
    """Documents being brought into a case in the background.

    key names the folder in which its files wait, and stands in addresses.  stage is one of
    muster.run.progress, with done of total documents; total is null where it is not known.  n_new, n_known
    and n_refused say what came of it; error and hint why it failed.
    """

    key = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(CaseFolder, models.CASCADE)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True)
    n_files = models.IntegerField(default=0)
    state = models.CharField(max_length=16, choices=BuildState, default=BuildState.QUEUED)
    stage = models.CharField(max_length=32, default="")
    done = models.IntegerField(default=0)
    total = models.IntegerField(null=True)
    n_new = models.IntegerField(default=0)
    n_known = models.IntegerField(default=0)
    n_refused = models.IntegerField(default=0)
    error = models.TextField(default="")
    hint = models.TextField(default="")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["case", "-asked_at"], name="build_latest")]
