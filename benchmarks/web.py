"""How quick the pages of a large case are: python benchmarks/web.py CASE [--users 20] [-o PAGE].

CASE is a case that was built before (see benchmarks/pile.py for documents in any number); it is copied and
never changed.  It is served by `muster serve`, as anybody would, once from SQLite, and once from PostgreSQL where
MUSTER_DATABASE_URL names a database.  One user opens every page some times; then many users at once open pages in
an order of their own.  Times are those of whole answers, in milliseconds.
"""

import argparse
import json
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlencode

_PASSWORD = "a-password-of-the-benchmark"
_PORT = 8719
_QUERIES = ("police", "killed civilians", "hospital", "Ali", "محمد", "zz nothing zz")


def set_up(site: Path) -> dict[str, str]:
    """Make an account in a site, and return paths of pages to open by what they are.  To be run in a fresh process."""
    from muster.web.server import ready

    ready(site, os.environ.get("MUSTER_DATABASE_URL", ""))
    from django.contrib.auth.models import User
    from django.db.models import Count

    from muster.store import models
    from muster.store.case import attach_case
    from muster.web.accounts.models import CaseFolder, Member

    user = User.objects.create_user("benchmark", password=_PASSWORD, is_superuser=True)
    folder = CaseFolder.objects.get()
    Member.objects.create(case=folder, user=user, role="owner")
    alias = attach_case(Path(folder.folder), os.environ.get("MUSTER_DATABASE_URL", "")).alias
    base = f"/cases/{quote(folder.slug)}/"
    document = models.Statement.objects.using(alias).values("document").annotate(n=Count("id")).order_by("-n")[0]
    incident = models.ListedIncident.objects.using(alias).order_by("-n_statements")[0].pk
    statement = models.Statement.objects.using(alias).filter(incident=incident)[0].id
    paths = {name: base + name + "/" for name in (
        "documents", "queue", "incidents", "people", "groups", "places", "sources", "timeline", "map", "history",
    )}  # fmt: skip
    paths |= {"overview": base, "document": f"{base}documents/{document['document']}/"}
    paths |= {"incident": f"{base}incidents/{incident}/", "statement": f"{base}statements/{statement}/"}
    for kind in ("person", "group", "place"):
        entity = models.Entity.objects.using(alias).filter(kind=kind).order_by("-n_documents")[0].id
        paths[f"a {kind}"] = f"{base}entities/{entity}/"
    paths |= {f"search: {words}": f"{base}search/?{urlencode({'q': words})}" for words in _QUERIES}
    rows = (models.Statement, models.Document, models.Incident, models.Person)
    counts = {model.__name__.lower(): str(model._default_manager.using(alias).count()) for model in rows}
    return {**paths, **{f"# {name}": n for name, n in counts.items()}}


class Visitor:
    """A browser's part of the talk: one connection and its cookies."""

    def __init__(self) -> None:
        self.connection = HTTPConnection("127.0.0.1", _PORT, timeout=120)
        self.cookies: dict[str, str] = {}

    def open(self, path: str, form: dict[str, str] | None = None) -> tuple[int, bytes, float]:
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "en"}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request("POST" if form is not None else "GET", path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        body = answer.read()
        took = time.perf_counter() - began
        for cookie in answer.headers.get_all("Set-Cookie") or ():
            name, value = cookie.split(";")[0].split("=", 1)
            self.cookies[name] = value
        return answer.status, body, 1000 * took

    def sign_in(self) -> None:
        _, page, _ = self.open("/account/login/")
        token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        form = {"csrfmiddlewaretoken": token[1].decode(), "login": "benchmark", "password": _PASSWORD}
        status, _, _ = self.open("/account/login/", form)
        assert status == 302, status


@contextmanager
def served(site: Path) -> Iterator[None]:
    """Run `muster serve` until it answers, and end it."""
    command = [sys.executable, "-m", "muster", "serve", str(site), "--no-open", "--port", str(_PORT)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        for _ in range(600):
            try:
                Visitor().open("/account/login/")
                break
            except OSError:
                time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait()


def one_user(paths: dict[str, str], times: int) -> dict[str, list[float]]:
    """Open every page some times, one after the other."""
    visitor, took = Visitor(), defaultdict(list)
    visitor.sign_in()
    for name, path in paths.items():
        visitor.open(path)  # what a server does once for all
        for _ in range(times):
            status, _, ms = visitor.open(path)
            assert status == 200, (path, status)
            took[name].append(ms)
    return dict(took)


def many_users(paths: dict[str, str], users: int, each: int) -> dict[str, list[float]]:
    """Have many users open pages at once, each in an order of their own."""
    took, lock = defaultdict(list), threading.Lock()
    visitors = [Visitor() for _ in range(users)]
    for visitor in visitors:
        visitor.cookies = dict(visitors[0].cookies)
        if visitor is visitors[0]:
            visitor.sign_in()

    def work(visitor: Visitor, seed: int) -> None:
        names = random.Random(seed).choices(sorted(paths), k=each)
        for name in names:
            status, _, ms = visitor.open(paths[name])
            with lock:
                took[name if status == 200 else f"{name}: {status}"].append(ms)

    threads = [threading.Thread(target=work, args=(visitor, seed)) for seed, visitor in enumerate(visitors)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(took)


def p95(values: Sequence[float]) -> float:
    """The value that 95 of 100 are not above."""
    return statistics.quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def measure(case: Path, database: str, url: str, users: int) -> tuple[dict[str, str], dict[str, tuple[float, float]]]:
    """Serve a copy of a case from a database; return counts, and p95 of each page for one user and for many."""
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "site"
        environment = {**os.environ, "MUSTER_SITE": str(site), "MUSTER_DATABASE_URL": url}
        if not url:
            del environment["MUSTER_DATABASE_URL"]
        os.environ.pop("MUSTER_DATABASE_URL", None)
        backup = Path(folder) / "backup"
        _muster("backup", case, backup, env=os.environ.copy())
        site.mkdir()
        _muster("restore", backup, site / "case", env=environment)
        made = subprocess.run(
            [sys.executable, __file__, "--set-up", str(site)],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
        found = json.loads(made.stdout)
        counts = {name: value for name, value in found.items() if name.startswith("# ")}
        paths = {name: value for name, value in found.items() if name not in counts}
        os.environ.update(environment)
        with served(site):
            alone, together = one_user(paths, 21), many_users(paths, users, 30)
        print(f"{database}: measured", file=sys.stderr)
        return counts, {name: (p95(alone[name]), p95(together.get(name, [0.0]))) for name in paths} | {
            name: (0.0, p95(values)) for name, values in together.items() if name not in paths
        }


def _muster(*arguments: object, env: dict[str, str]) -> None:
    command = [sys.executable, "-m", "muster", *map(str, arguments)]
    done = subprocess.run(command, check=False, env=env, stdout=subprocess.DEVNULL)
    assert done.returncode in (0, 4), command  # 4: originals that are missing are told


def page(counts: dict[str, str], users: int, found: dict[str, dict[str, tuple[float, float]]]) -> str:
    """Return the table."""
    said = ", ".join(
        f"{int(n):,} {name.removeprefix('# ')}s".replace("persons", "people") for name, n in counts.items()
    )
    lines = [
        "# How quick the pages are", "",
        f"A case of {said}; 2 cores, which the measuring program shares with the server.  p95 of whole answers in "
        f"milliseconds, for one user and for {users} at once.  Made by `benchmarks/web.py`.", "",
        "| page | " + " | ".join(f"{name}, one user | {name}, {users} users" for name in found) + " |",
        "|---|" + "---|" * 2 * len(found),
    ]  # fmt: skip
    for name in next(iter(found.values())):
        cells = [f"{value:.0f}" for each in found.values() for value in each.get(name, (0.0, 0.0))]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("case", type=Path, nargs="?")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("-o", "--output", type=Path)
    parser.add_argument("--set-up", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.set_up:
        print(json.dumps(set_up(given.set_up)))
        return
    url, found, counts = os.environ.get("MUSTER_DATABASE_URL", ""), {}, {}
    for database, own in (("SQLite", ""), ("PostgreSQL", url)):
        if database == "SQLite" or url:
            counts, found[database] = measure(given.case.absolute(), database, own, given.users)
    text = page(counts, given.users, found)
    print(text)
    if given.output:
        given.output.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
