# `make demo` and `make test` work on a fresh clone: they build .venv from the pinned lists first.

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -qq

.PHONY: help demo test chaos check bench evaluate clean

help:
	@echo "make demo    the daemon on sample mails and orders, without network or configuration"
	@echo "make test    all tests; ARGS=tests/config runs a part"
	@echo "make chaos   kills the daemon at each of its steps and checks what is left; minutes"
	@echo "make check   ruff, mypy --strict and the import rules"
	@echo "make bench   the figures, as a table and JSON"
	@echo "make evaluate  how well it understands buyers: a table, JSON and a page; ARGS=\"--on dev\""
	@echo "make clean   removes .venv and everything that was built"

demo: .venv/.run
	@$(BIN)/tactd demo $(ARGS)

# A test file stays on one worker: servers that a file starts are started once.
test: .venv/.dev
	@$(BIN)/pytest -n 2 --dist loadfile $(ARGS)

chaos: .venv/.dev
	@PYTHONPATH=tests $(BIN)/python -m chaos.run $(ARGS)

check: .venv/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: .venv/.dev
	@$(BIN)/python benchmarks/run.py $(ARGS)

evaluate: .venv/.run
	@$(BIN)/python understanding/evaluate.py $(ARGS)

clean:
	rm -rf .venv dist demo benchmarks/results .mypy_cache .ruff_cache .pytest_cache .hypothesis
	rm -rf .import_linter_cache
	find daemon tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

# The stamps say that a list is installed; a changed list is installed again.
.venv/.run: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "tactd needs Python 3.11 or newer: make PYTHON=python3.12, or install it" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "Python cannot make environments here: apt-get install python3-venv" >&2; exit 1; }
	@echo "building .venv (once, about a minute)"
	@$(PYTHON) -m venv .venv
	@$(PIP) install -r requirements.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements-dev.txt .venv/.run
	@$(PIP) install -r requirements-dev.txt
	@touch $@
