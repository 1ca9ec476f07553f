"""What leaves the machine: the exchange format, the spreadsheet tables and the report."""

from muster.publish.jsonl import export_jsonl
from muster.publish.options import ReportOptions
from muster.publish.report import report_html
from muster.publish.spreadsheets import export_csv

__all__ = ["ReportOptions", "export_csv", "export_jsonl", "report_html"]
