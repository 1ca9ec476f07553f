"""A process whose threads judge a case: python -m tests.store.writer FOLDER DATABASE_URL NAMES N, and a line to begin.

Each thread has a name, and makes N judgements: it accepts and rejects the case's statements in turn.
"""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from django.db import connections

from muster.run.judge import judge
from muster.store.case import attach_case
from muster.store.lookup import get_statements
from tests.run.fakes import fake_stages


def decide(folder: Path, database_url: str, name: str, n: int) -> int:
    """Make n judgements as somebody; return how many were made."""
    case = attach_case(folder, database_url)
    statements = sorted(each.id for each in get_statements(case))
    for i in range(n):
        kind = "accept" if i % 2 else "reject"
        subject = statements[(i + int(name)) % len(statements)]
        judge(case, kind, [subject], reason=str(i), decided_by=name, stages=fake_stages())
    connections[case.alias].close()
    return n


if __name__ == "__main__":
    folder, url, names, n = Path(sys.argv[1]), sys.argv[2], sys.argv[3].split(), int(sys.argv[4])
    attach_case(folder, url)
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(len(names)) as threads:
        print(sum(threads.map(lambda name: decide(folder, url, name, n), names)))
