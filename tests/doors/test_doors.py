"""Every address of a case, as each kind of visitor."""

import json
import re
from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from muster.web.accounts.models import Role
from tests.doors.doors import DOORS, ELSEWHERE, Door
from tests.web.site import VISITORS, Site

#: Addresses of the library that signs people in; they have its own tests.
_LIBRARY = ("account_", "mfa_")


def _names(patterns: list[URLPattern | URLResolver], space: str = "") -> Iterator[str]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns, f"{space}{each.namespace}:" if each.namespace else space)
        else:
            assert each.name, f"{each.pattern} has no name"
            yield space + each.name


def test_every_address_is_listed() -> None:
    names = {name for name in _names(get_resolver().url_patterns) if not name.startswith(_LIBRARY)}
    assert names == {door.name for door in DOORS} | set(ELSEWHERE)


def _path(door: Door, site: Site) -> str:
    in_case = door.needs in Role.values
    return reverse(door.name, args=[*(["mirsal"] if in_case else []), *door.arguments(site)]) + door.query


def _expected(door: Door, visitor: str) -> int:
    opens = door.opens or (200 if door.method == "GET" else 302)
    if door.needs == "public":
        return opens
    if visitor == "stranger":
        return 401 if door.name.startswith("api:") else 302
    if door.needs == "signed in":
        return opens
    if visitor == "outsider":
        return 404
    return opens if Role(visitor).may(door.needs) else 403


def test_every_door_opens_to_those_who_may_and_to_no_others(site: Site) -> None:
    wrong = []
    for visitor in VISITORS:
        for door in DOORS:
            answer = _knock(site, visitor, door)
            expected = _expected(door, visitor)
            sent_away = answer.status_code == 302 and "/account/login/" in answer.headers["Location"]
            if answer.status_code != expected or (sent_away and visitor != "stranger"):
                wrong.append(f"{visitor}: {door.method} {door.name}: {answer.status_code}, not {expected}")
            answer.close()
    assert not wrong, "\n".join(wrong)


def _knock(site: Site, visitor: str, door: Door) -> HttpResponse:
    path = _path(door, site)
    if door.name.startswith("api:"):
        return _ask(path, door, site.tokens.get(visitor))
    client = site.client(visitor)
    return client.get(path) if door.method == "GET" else client.generic(door.method, path, **_body(door))


def _ask(path: str, door: Door, token: str | None) -> HttpResponse:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    body = json.dumps(door.data) if door.method == "POST" else ""
    return Client().generic(door.method, path, body, content_type="application/json", headers=headers)


def _body(door: Door) -> dict[str, object]:
    if door.files:
        files = {name: SimpleUploadedFile("weir.txt", data) for name, data in door.files.items()}
        return {"data": encode_multipart(BOUNDARY, {**door.data, **files}), "content_type": MULTIPART_CONTENT}
    return {"data": urlencode(door.data, doseq=True), "content_type": "application/x-www-form-urlencoded"}


def test_a_case_that_is_not_there_looks_like_one_that_one_may_not_see(site: Site) -> None:
    site.client("outsider").get("/cases/")  # where messages of signing in are shown
    unseen = site.client("outsider").get("/cases/mirsal/")
    absent = site.client("outsider").get("/cases/nowhere/")
    assert unseen.status_code == absent.status_code == 404
    assert _without_tokens(unseen).replace("mirsal", "nowhere") == _without_tokens(absent)


def _without_tokens(answer: HttpResponse) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", answer.content.decode())
