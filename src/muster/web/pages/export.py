"""Reports and exports: what leaves the case, limited to what is shown on its pages.

Neither holds who judged, who brought documents in, or from where on whose machine.
"""

import tempfile
import zipfile
from pathlib import Path

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from muster.casebook import Record
from muster.publish import export_csv, export_jsonl, report_html
from muster.store.case import one_snapshot
from muster.store.overview import count_all, is_whole
from muster.store.record import load_record
from muster.web.doors import Visit, case_page

_FORMATS = {"jsonl": export_jsonl, "csv": export_csv}


@case_page("reader")
def choose(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Offer the report and the exports."""
    return render(request, "export.html", {"totals": count_all(visit.case), "whole": is_whole(visit.case)})


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
    kept = tempfile.TemporaryFile()  # noqa: SIM115  the answer closes it
    with tempfile.TemporaryDirectory() as folder:
        with one_snapshot(visit.case):
            _FORMATS[kind](_record(request, visit), Path(folder))
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(Path(folder).iterdir()):
                archive.write(file, f"{_name(visit)}/{file.name}")
    kept.seek(0)
    return FileResponse(kept, as_attachment=True, filename=f"{_name(visit)}-{kind}.zip")


def _record(request: HttpRequest, visit: Visit) -> Record:
    return load_record(visit.case, accepted_only=request.GET.get("only") == "accepted")


def _name(visit: Visit) -> str:
    return f"{visit.slug.encode('ascii', 'ignore').decode() or 'case'}-{timezone.now():%Y-%m-%d}"
