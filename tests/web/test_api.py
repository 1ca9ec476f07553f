"""The record for programs: whatever is sent, the answer is an answer."""

import json

import schemathesis
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance

from muster.store import models
from tests.web.site import Site

_EXAMPLES = settings(
    max_examples=10, deadline=None, derandomize=True, phases=[Phase.explicit, Phase.generate], database=None,
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


def test_no_input_breaks_the_api(site: Site) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", get_wsgi_application())
    headers = {"Authorization": f"Bearer {site.tokens['reviewer']}"}
    operations = [each.ok() for each in schema.get_all_operations()]
    assert len(operations) > 15

    for operation in operations:

        @_EXAMPLES
        @given(case=operation.as_strategy())
        def check(case: schemathesis.Case) -> None:
            if "slug" in case.path_parameters:
                case.path_parameters["slug"] = "mirsal"
            answer = case.call(headers=headers)
            assert answer.status_code < 500, f"{case.method} {case.formatted_path}"
            case.validate_response(answer, checks=[status_code_conformance, response_schema_conformance])

        check()


def _get(site: Site, path: str, visitor: str = "reader", **query: object) -> tuple[int, object]:
    answer = Client().get(path, query, headers={"Authorization": f"Bearer {site.tokens[visitor]}"})
    return answer.status_code, json.loads(answer.content)


def test_pages_of_statements_follow_each_other(site: Site) -> None:
    path, found, after = "/api/cases/mirsal/statements", [], ""
    while True:
        _, page = _get(site, path, limit=40, after=after)
        if not page:
            break
        found += [each["id"] for each in page]
        after = found[-1]
    assert found == sorted(set(models.Statement.objects.using(site.case.alias).values_list("id", flat=True)))


def test_a_judgement_by_a_program_takes_effect_at_once(site: Site) -> None:
    _, (first, *_) = _get(site, "/api/cases/mirsal/statements", limit=1)
    answer = Client().post(
        "/api/cases/mirsal/judgements", json.dumps({"kind": "accept", "subjects": [first["id"]]}),
        content_type="application/json", headers={"Authorization": f"Bearer {site.tokens['reviewer']}"},
    )  # fmt: skip
    assert answer.status_code == 201
    assert _get(site, f"/api/cases/mirsal/statements/{first['id']}")[1]["status"] == "accepted"


def test_what_is_refused_says_why_and_what_to_do(site: Site) -> None:
    answer = Client().post(
        "/api/cases/mirsal/judgements", json.dumps({"kind": "accept", "subjects": ["s-nowhere"]}),
        content_type="application/json", headers={"Authorization": f"Bearer {site.tokens['reviewer']}"},
    )  # fmt: skip
    said = json.loads(answer.content)
    assert (answer.status_code, said["code"]) == (400, "unknown_subject")
    assert said["message"]


def test_a_token_of_somebody_who_was_shut_out_no_longer_works(site: Site) -> None:
    from django.contrib.auth.models import User

    User.objects.filter(username="reader").update(is_active=False)
    assert _get(site, "/api/cases")[0] == 401


def test_the_paths_of_whoever_brought_something_in_are_left_out(site: Site) -> None:
    status, rejects = _get(site, "/api/cases/mirsal/rejects")
    assert status == 200
    assert rejects
    assert all(each["path"] is None for each in rejects)


def test_files_that_a_program_sends_are_brought_in(site: Site) -> None:
    answer = Client().post(
        "/api/cases/mirsal/documents",
        {"files": SimpleUploadedFile("../letter.txt", b"Three guards were hurt on 2 May 2017, the clinic said.")},
        headers={"Authorization": f"Bearer {site.tokens['reviewer']}"},
    )
    assert answer.status_code == 202
    row = json.loads(answer.content)
    assert _get(site, f"/api/cases/mirsal/builds/{row['key']}")[1]["state"] == "queued"
    assert _get(site, f"/api/cases/other/builds/{row['key']}", "outsider")[0] == 404
