"""Builds in the background: asked for by a page, done by the worker of `muster serve`, one after the other."""

import secrets
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from pathlib import Path
from time import monotonic

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from muster.errors import MusterError
from muster.run.build import build
from muster.store.case import attach_case
from muster.store.catalogue import count_brought
from muster.web import uploads
from muster.web.accounts.models import Build, BuildState, CaseFolder
from muster.web.site import settings_of_site

_AT_MOST_EVERY_S = 0.4
_TRY_AGAIN = timedelta(seconds=5)


# ---- what pages ask for and show


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildShown:
    """A build as pages show it: state is one of `BuildState`, or "interrupted"."""

    row: Build
    state: str

    @property
    def is_open(self) -> bool:
        """Whether it goes on by itself."""
        return self.state in (BuildState.QUEUED, BuildState.RUNNING)

    @property
    def can_resume(self) -> bool:
        """Whether somebody must say that it shall go on."""
        return self.state in ("interrupted", BuildState.FAILED)


def shown(row: Build) -> BuildShown:
    """Return a build as it stands now."""
    interrupted = row.state == BuildState.RUNNING and not uploads.is_at_work(row.key)
    if interrupted:  # unless it has ended since the row was read
        row.refresh_from_db()
        interrupted = row.state == BuildState.RUNNING
    return BuildShown(row=row, state="interrupted" if interrupted else row.state)


def latest(slug: str, n: int) -> list[BuildShown]:
    """Return the last builds of a case, the newest first."""
    rows = Build.objects.select_related("started_by").filter(case__slug=slug).order_by("-asked_at")
    return [shown(row) for row in rows[:n]]


def ask(slug: str, user: User, key: str = "", n_files: int = 0) -> Build:
    """Have the files of an upload brought into a case; without a key, have an interrupted build finished."""
    case = CaseFolder.objects.get(slug=slug)
    with transaction.atomic():
        row = Build.objects.create(
            key=key or secrets.token_hex(16), case=case, started_by=user, n_files=n_files, asked_at=timezone.now()
        )
        run_build.enqueue(row.pk)
    return row


def resume(row: Build) -> None:
    """Have a build that was interrupted or failed go on."""
    with transaction.atomic():
        Build.objects.filter(pk=row.pk).update(state=BuildState.QUEUED, stage="", error="", hint="", ended_at=None)
        run_build.enqueue(row.pk)


def resume_all() -> None:
    """Have all builds go on that were not done when the server ended; remove files that nobody asked to add."""
    for row in Build.objects.filter(state__in=(BuildState.QUEUED, BuildState.RUNNING)):
        if not uploads.is_at_work(row.key):
            resume(row)
    known = set(Build.objects.exclude(state=BuildState.DONE).values_list("key", flat=True))
    for folder in uploads.uploads().iterdir():
        if folder.name not in known:
            uploads.remove(folder.name)


# ---- the work


class Told:
    """Writes down how far a build is, now and then."""

    def __init__(self, pk: int) -> None:
        self._row = Build.objects.filter(pk=pk)
        self._done = 0
        self._written_at = 0.0

    def begin(self, stage: str, total: int | None) -> None:
        """Begin a stage."""
        self._done = 0
        self._row.update(stage=stage, done=0, total=total)

    def advance(self) -> None:
        """Count one more document."""
        self._done += 1
        if monotonic() - self._written_at > _AT_MOST_EVERY_S:
            self._row.update(done=self._done)
            self._written_at = monotonic()


@task()
def run_build(pk: int) -> None:
    """Do a build.  Where the case is busy with another one, it is put off."""
    row = Build.objects.select_related("case", "started_by").filter(pk=pk).first()
    if row is None or row.state not in (BuildState.QUEUED, BuildState.RUNNING):
        return
    with uploads.at_work(row.key) as free:
        if not free:
            return
        Build.objects.filter(pk=pk).update(state=BuildState.RUNNING)
        try:
            _build(row)
        except MusterError as error:
            if error.code == "case_busy":
                Build.objects.filter(pk=pk).update(state=BuildState.QUEUED, stage="")
                run_build.using(run_after=timezone.now() + _TRY_AGAIN).enqueue(pk)
                return
            _end(pk, BuildState.FAILED, error=error.message, hint=error.hint)
        except Exception as error:
            _end(pk, BuildState.FAILED, error=f"{type(error).__name__}: {error}"[:500])
            raise
        else:
            case = attach_case(Path(row.case.folder), settings_of_site().database_url)
            _end(pk, BuildState.DONE, **asdict(count_brought(case, row.key)))
            uploads.remove(row.key)


def _build(row: Build) -> None:
    by = row.started_by.get_username() if row.started_by else ""
    files = uploads.waiting(row.key)
    settings = replace(settings_of_site(), acquired_by=by)
    build(Path(row.case.folder), [files] if files.is_dir() else [], settings, Told(row.pk))


def _end(pk: int, state: str, **columns: object) -> None:
    Build.objects.filter(pk=pk).update(state=state, stage="", ended_at=timezone.now(), **columns)
