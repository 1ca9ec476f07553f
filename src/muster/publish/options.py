"""How much a report holds."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportOptions:
    """Limits that keep a report a file that opens and prints, however large the case.

    What a limit leaves out is counted in the report, with the command that gives all of it.  With the
    standing values a report stays below about 25 MB; they show cases of some hundred documents whole.

    n_first: entries under each heading of "Look at these first".
    n_incidents: incidents, those with most contradictions and independent groups before the others.
    n_columns: independent groups side by side in the matrix of an incident.
    n_cell: sentences behind one answer of one group.
    n_statements: sentences listed under one incident.
    n_all_statements: sentences in the whole report.
    n_people, n_ledger: people, and entries for each.
    n_documents, n_ties, n_problems, n_rejects: rows of those lists.
    cell_chars, context_chars: how much of the paragraph is shown on either side of a sentence, in code
    points, in a cell of the matrix and in the list of sentences.
    """

    n_first: int = 8
    n_incidents: int = 150
    n_columns: int = 8
    n_cell: int = 4
    n_statements: int = 80
    n_all_statements: int = 3000
    n_people: int = 400
    n_ledger: int = 20
    n_documents: int = 1000
    n_ties: int = 300
    n_problems: int = 300
    n_rejects: int = 300
    cell_chars: int = 160
    context_chars: int = 700
