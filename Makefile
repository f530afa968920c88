# The project's commands. `make run` and `make test` need nothing but python3, git and make: the virtual environment is
# made on first use and made again when pyproject.toml or constraints.txt change.
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
PEERS := $(VENV)/.peers
PYTHON ?= python3

.PHONY: run test check bench study clean help

help:
	@echo "make run    build, validate, audit, evaluate and report everything (dvc repro)"
	@echo "make test   run the tests"
	@echo "make check  ruff and strict mypy"
	@echo "make bench  measure speeds, as ratios against a peer in the same run"
	@echo "make study  measure how often the audit finds what is planted (half an hour); writes docs/audit_study.md"
	@echo "make clean  remove the virtual environment and what a run produced"

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit(f"Shiftworks needs Python 3.11 or newer, {sys.executable} is {v[0]}.{v[1]}; set PYTHON=...")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

run: $(READY)
	@PATH="$(abspath $(BIN)):$$PATH" dvc repro --quiet
	@$(BIN)/shifts report --table

test: $(READY)
	$(BIN)/python -m pytest --numprocesses 2

check: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Peers that cannot be installed are no reason to measure nothing; the benchmark says what it leaves out.
$(PEERS): $(READY)
	@-$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]' && touch $@

bench: $(PEERS)
	$(BIN)/python -m tests.bench

study: $(READY)
	$(BIN)/python -m tests.studies.planted_cues

clean:
	rm -rf $(VENV) processed eval/results
