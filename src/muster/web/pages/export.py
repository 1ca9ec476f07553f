"""Reports and exports: what leaves the case, limited to what is shown on its pages.

Neither holds who judged, who brought documents in, or from where on whose machine.
"""

import tempfile
import zipfile
from itertools import groupby
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from muster.casebook import Record
from muster.publish import export_csv, export_jsonl, report_html
from muster.store.case import one_snapshot
from muster.store.overview import count_all, is_whole
from muster.store.protection import get_protection
from muster.store.record import load_record, told_of_protected
from muster.web.doors import Visit, case_page

_FORMATS = {"jsonl": export_jsonl, "csv": export_csv}


@case_page("reader")
def choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Offer the report and the exports."""
    found = {"totals": count_all(visit.case), "whole": is_whole(visit.case)}
    return render(request, "export.html", {**found, "n_protected": len(get_protection(visit.case).protected)})


@case_page("reviewer")
def protected(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Show what reports and exports still tell of those who are protected, to be read by somebody who knows them."""
    with one_snapshot(visit.case):
        told = told_of_protected(visit.case)
    who = [(key, list(some)) for key, some in groupby(told, key=lambda each: (each.label, each.name))]
    return render(request, "protected.html", {"who": who})


@case_page("reader")
def report(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Send the report as a file: it is a page of its own, and is not opened among these."""
    with one_snapshot(visit.case):
        page = report_html(_record(request, visit))
    answer = HttpResponse(page, content_type="text/html; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_name(visit)}-report.html"'
    return answer


@case_page("reader")
def export(request: HttpRequest, visit: Visit, kind: str) -> FileResponse:
    """Send the export as a zip of JSON lines or tables."""
    if kind not in _FORMATS:
        raise Http404
    with tempfile.TemporaryDirectory() as folder:
        with one_snapshot(visit.case):
            _FORMATS[kind](_record(request, visit), Path(folder))
        kept = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, f"{_name(visit)}/{file.name}")
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=f"{_name(visit)}-{kind}.zip")


def _record(request: HttpRequest, visit: Visit) -> Record:
    complete = request.GET.get("with") == "protected"
    if complete and not visit.may("owner"):
        raise PermissionDenied
    return load_record(visit.case, accepted_only=request.GET.get("only") == "accepted", with_protected=complete)


def _name(visit: Visit) -> str:
    """What a file is called: by the case, whose own name may be one that is protected."""
    slug = "" if get_protection(visit.case).protected else visit.slug.encode("ascii", "ignore").decode()
    return f"{slug or 'case'}-{timezone.now():%Y-%m-%d}"
