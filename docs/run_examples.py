"""Runs the commands that the README and the tutorial show and writes what they print below them.

python docs/run_examples.py: run it before a release.  Every block marked ```console begins its commands
with "$ "; the commands of one page run in order, in an empty folder that holds only the examples.
"""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGES = (ROOT / "README.md", ROOT / "docs" / "tutorial" / "first-case.md")
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.M | re.S)


def rewrite(page: str, folder: Path) -> str:
    """The page with every block's output as the commands print it now."""
    (folder / "examples").symlink_to(ROOT / "examples")
    return _BLOCK.sub(lambda block: f"```console\n{_run(block[1], folder)}```", page)


def _run(block: str, folder: Path) -> str:
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{command}\n{_output(command[2:], folder)}" for command in commands)


def _output(command: str, folder: Path) -> str:
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "COLUMNS": "80"}
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment, capture_output=True, text=True)
    if done.returncode not in (0, 3):  # 3: done, and something was rejected
        raise SystemExit(f"{command}\n{done.stderr}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.strip("\n").splitlines())


if __name__ == "__main__":
    for page in PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(rewrite(page.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
