# Two commands do everything: `make demo` (the main job on the sample case) and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help env env-dev demo test drills lint lock clean

help:
	@echo "make demo     build the sample case and write its report"
	@echo "make test     run every check and test"
	@echo "make drills   the slow ones: kill -9, full disks, large piles"
	@echo "make lock     resolve the dependencies anew"

env: .venv/.ready
env-dev: .venv/.ready-dev

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Muster needs Python 3.11 or newer: install it, or say PYTHON=/path/to/python3.11"; exit 1; }
	@$(PYTHON) -m venv .venv || { echo "Python has no venv: on Debian, apt-get install python3-venv"; exit 1; }

.venv/.ready: requirements.lock pyproject.toml | .venv/bin/python
	$(BIN)/pip install -q --require-hashes -r requirements.lock
	$(BIN)/pip install -q --no-deps --no-build-isolation -e .
	@touch $@

.venv/.ready-dev: requirements-dev.lock .venv/.ready
	$(BIN)/pip install -q --require-hashes -r requirements-dev.lock
	@touch $@

demo: env
	@rm -rf demo && mkdir -p demo
	$(BIN)/muster build demo/case examples/documents || [ $$? -eq 3 ]
	$(BIN)/muster report demo/case -o demo/report.html

lint: env-dev
	$(BIN)/ruff check src tests benchmarks
	$(BIN)/ruff format --check src tests benchmarks
	$(BIN)/lint-imports
	$(BIN)/mypy

test: env-dev lint
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } || { echo "The browser tests need Chromium: apt-get install chromium"; exit 1; }
	$(BIN)/pytest -m "not drill"

drills: env-dev
	$(BIN)/pytest -m drill

lock:
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv demo
