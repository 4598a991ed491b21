# Everything a person does with this project. `make demo` and `make test` need only Python >= 3.11 and make; uv is used where it is installed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo test lint bench calibrate sample clean

help:
	@echo "make demo    a store with the demo reports, its lists, plots and reports (under reports/)"
	@echo "make test    every test"
	@echo "make setup   the virtual environment in $(VENV)"
	@echo "make lint    ruff and mypy"
	@echo "make bench   the figures of docs/quality.md: times, ratios, scores"
	@echo "make calibrate  fit the confidence of events to the annotated documents"
	@echo "make sample  rebuild reports/sample/ from the demo reports"

setup: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "tracker needs Python 3.11 or later; this is $$($(PYTHON) --version)"; exit 1; }
	@if command -v uv >/dev/null 2>&1; then \
	  test -x $(BIN)/python || uv venv --quiet --python $(PYTHON) $(VENV); \
	  uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'; \
	else \
	  test -x $(BIN)/python || $(PYTHON) -m venv $(VENV); \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'; \
	fi
	@touch $(READY)

demo: $(READY)
	@$(BIN)/tracker demo

test: $(READY)
	@$(BIN)/python -m pytest -n auto

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(READY)
	@if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev,bench]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'; fi
	@$(BIN)/python -m benchmarks

calibrate: $(READY)
	@$(BIN)/python -m benchmarks.calibrate

sample: $(READY)
	@$(BIN)/tracker demo --out reports/sample --as-of 2025-02-01 > reports/sample/lists.txt
	@rm -f reports/sample/tracker.db*

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache dist build
