"""All that one visitor can get of a case: by its links, by its addresses, and by its API."""

import io
import re
import zipfile
from collections import Counter, deque
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.http import HttpResponse
from django.test import Client
from django.urls import Resolver404, resolve

from tests.web.site import Site

_LINK = re.compile(r'(?:href|hx-get)="([^"]+)"')
_MOST_OF_A_KIND = 14
_LISTS = ("", "documents", "rejects", "statements", "incidents", "entities", "people", "groups", "disagreements")


def body(answer: HttpResponse) -> str:
    """Return all that an answer says, headers too; a zip as what is in it."""
    data = b"".join(answer) if answer.streaming else answer.content
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            data = b"\n".join(archive.read(name) for name in archive.namelist())
    answer.close()
    return "\n".join([*map(str, answer.items()), data.decode(errors="replace")])


def pages(client: Client, slug: str = "mirsal") -> Iterator[tuple[str, str]]:
    """Yield what stands at each address that a visitor comes to by links, some of every kind of page."""
    waiting = deque([f"/cases/{slug}/", "/cases/", "/tokens/", "/account/two-factor/", "/account/password/"])
    seen, n = set(waiting), Counter[str]()
    while waiting:
        path = waiting.popleft()
        text = body(client.get(path))
        yield path, text
        for link in map(unescape, _LINK.findall(text)):
            found = urljoin(path, link).partition("#")[0]
            kind = _kind(found)
            if kind and found not in seen and n[kind] < _MOST_OF_A_KIND:
                seen.add(found)
                n[kind] += 1
                waiting.append(found)


def _kind(path: str) -> str:
    parts = urlsplit(path)
    if parts.scheme or parts.netloc:
        return ""
    try:
        return str(resolve(parts.path).view_name)
    except Resolver404:
        return ""


def answers(site: Site, visitor: str) -> Iterator[tuple[str, str]]:
    """Yield what the API gives to a visitor, list by list."""
    headers = {"Authorization": f"Bearer {site.tokens[visitor]}"}
    for each in (*_LISTS, "search?q=police&kind=statement", "judgements"):
        path = f"/api/cases/mirsal/{each}"
        yield path, body(Client().get(path, headers=headers))
    yield "/api/cases", body(Client().get("/api/cases", headers=headers))
