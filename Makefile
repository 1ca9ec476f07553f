# Two commands do everything: `make demo` (the main job on the sample case) and `make test`.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: help env env-dev demo test drills lint messages lock clean postgresql

help:
	@echo "make demo     build the sample case and write its report"
	@echo "make test     run every check and test"
	@echo "make drills   the slow ones: kill -9, full disks, large piles"
	@echo "make messages gather the words of the pages for the translators"
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

# With the package Debian makes and starts a server, unless told not to; the tests start one of their own.
NO_SERVER := /etc/postgresql-common/createcluster.d/muster-tests.conf

postgresql:
	@if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && ! command -v initdb >/dev/null; then \
	  [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null || { echo "The tests need PostgreSQL: apt-get install postgresql"; exit 1; }; \
	  apt-get update -qq && mkdir -p $(dir $(NO_SERVER)) && echo "create_main_cluster = false" > $(NO_SERVER); \
	  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql; failed=$$?; \
	  rm -f $(NO_SERVER); exit $$failed; \
	fi

test: env-dev lint postgresql
	@command -v chromium >/dev/null || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && apt-get update -qq && apt-get install -y -qq chromium; } || { echo "The browser tests need Chromium: apt-get install chromium"; exit 1; }
	$(BIN)/pytest -m "not drill"

drills: env-dev postgresql
	$(BIN)/pytest -m drill

messages: env-dev
	DJANGO_SETTINGS_MODULE=muster.web.django_settings $(BIN)/python -m tests.web.messages

lock:
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-header --python-version 3.11 pyproject.toml --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf .venv demo
