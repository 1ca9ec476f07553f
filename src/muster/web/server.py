"""Serving a site: the pages in gunicorn, and one process that does the work in the background.

Both are started by `muster serve` and end with it.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

from muster.web.folder import accounts_schema, is_new_site, prepare

_AGAIN_S = 1.0
_END_S = 10.0


def ready(site: Path, database_url: str) -> str | None:
    """Bring a site's tables and its list of cases up to date; return the path that makes the first account.

    A folder that is not there, or is empty, becomes a case.  The path is None where there is an account.

    Raises:
        MusterError: "not_a_case"; what `open_case` raises.
    """
    is_new = is_new_site(site)
    prepare(site, database_url)
    os.environ["DJANGO_SETTINGS_MODULE"] = "muster.web.django_settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    from muster.store.case import open_case

    if is_new:
        with open_case(site, build=True, database_url=database_url):
            pass
    schema = accounts_schema(site)
    if schema is not None:
        with connections["default"].cursor() as cursor:
            cursor.execute(f"CREATE SCHEMA IF NOT EXISTS {connections['default'].ops.quote_name(schema)}")
    call_command("migrate", verbosity=0, interactive=False)
    _list_cases(site)
    from muster.web.builds import resume_all

    resume_all()
    path = _first_account()
    connections.close_all()
    return path


def _list_cases(site: Path) -> None:
    """Take up cases that were put into the folder; whoever owns the site owns them."""
    from django.contrib.auth.models import User

    from muster.web.accounts.models import CaseFolder, Member, Role
    from muster.web.site import case_folders

    owners = list(User.objects.filter(is_superuser=True))
    known = set(CaseFolder.objects.values_list("folder", flat=True))
    found = case_folders(site)
    CaseFolder.objects.exclude(folder__in=[str(each) for each in found.values()]).delete()
    for slug, folder in found.items():
        if str(folder) not in known:
            case = CaseFolder.objects.create(slug=slug, name=folder.name, folder=str(folder))
            Member.objects.bulk_create(Member(case=case, user=user, role=Role.OWNER) for user in owners)


def _first_account() -> str | None:
    from django.contrib.auth.models import User
    from django.urls import reverse
    from django.utils import timezone

    from muster.web.accounts.models import Invitation, Role

    if User.objects.filter(is_superuser=True).exists():
        return None
    Invitation.objects.filter(case=None).delete()
    return reverse("invitation", args=[Invitation.make(None, Role.OWNER, None, timezone.now(), timedelta(days=1))])


def serve(address: str, workers: int, on_ready: Any) -> None:
    """Serve until interrupted.  on_ready is called once, when the server listens."""
    from gunicorn.app.base import BaseApplication

    background = _Background()

    class Application(BaseApplication):  # type: ignore[misc]
        """Gunicorn with our settings instead of its command line."""

        def load_config(self) -> None:
            for key, value in _gunicorn(address, workers, on_ready).items():
                self.cfg.set(key, value)

        def load(self) -> Any:
            from muster.web.wsgi import application

            return application

    try:
        Application().run()
    finally:
        background.end()


class _Background:
    """The process that does the work in the background; where it dies, another one takes its place."""

    def __init__(self) -> None:
        self._parent = os.getpid()
        self._ending = False
        self._process = self._start()
        Thread(target=self._watch, daemon=True).start()

    def _start(self) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-P", "-m", "django", "db_worker", "--no-startup-delay", "-v", "0"],
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "muster.web.django_settings"},
            start_new_session=True,
        )

    def _watch(self) -> None:
        while True:
            self._process.wait()
            sleep(_AGAIN_S)
            if self._ending:
                return
            self._process = self._start()

    def end(self) -> None:
        """End it; what it was doing goes on the next time."""
        if os.getpid() != self._parent:  # a process of gunicorn, which comes by here too when it ends
            return
        self._ending = True
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()


def _gunicorn(address: str, workers: int, on_ready: Any) -> Mapping[str, object]:
    return {
        "bind": address,
        "workers": workers,
        "threads": 4,
        "worker_class": "gthread",
        "timeout": 120,
        "accesslog": None,
        "loglevel": "warning",
        "when_ready": lambda _server: on_ready(),
        "limit_request_line": 8190,
        "worker_tmp_dir": None,
    }
