"""What children load."""

import subprocess
import sys


def test_a_child_that_extracts_loads_no_command_line_of_spacy() -> None:
    code = (
        "import sys; from muster.extract import ExtractOptions; from muster.run.tasks import outliner; "
        "from muster.store.codec import encode; outliner(encode(ExtractOptions())); "
        "print('spacy' in sys.modules, 'typer' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.split() == ["True", "False"]
