# Everything a person does with this project. `make demo` and `make test` need only Python >= 3.11 and make; uv is used where it is installed.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: help setup demo test fuzz lint bench calibrate sample clean

help:
	@echo "make demo    a store with the demo reports, its lists, plots and reports (under reports/)"
	@echo "make test    every test"
	@echo "make fuzz    the tests of properties, with examples that no run has had"
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
	@$(BIN)/python -m pytest -n auto --dist worksteal

fuzz: $(READY)
	@HYPOTHESIS_PROFILE=fuzz $(BIN)/python -m pytest -n auto --dist worksteal -m hypothesis

lint: $(READY)
	@$(BIN)/ruff check .
	@$(BIN)/mypy

bench: $(READY)
	@if command -v uv >/dev/null 2>&1; then uv pip install --quiet --python $(BIN)/python --constraint constraints.txt --editable '.[dev,bench]'; \
	else $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,bench]'; fi
	@$(BIN)/python -m benchmarks
	@$(BIN)/python -m benchmarks.million
	@$(BIN)/python -m benchmarks.archive 10000

calibrate: $(READY)
	@$(BIN)/python -m benchmarks.calibrate

# One of each picture and report, from the demo reports; the clock stands still, so the same reports give the same files.
SAMPLE := --db reports/sample/tracker.db --as-of 2025-02-01
MED := "Mediterranean Sea"

sample: $(READY)
	@$(BIN)/tracker demo --out reports/sample --as-of 2025-02-01 > reports/sample/lists.txt
	@$(BIN)/tracker plot composition $(MED) --on 2024-12-10 -o reports/sample/composition.png $(SAMPLE)
	@$(BIN)/tracker plot activity --since 2024-11-25 --until 2025-01-31 -o reports/sample/activity.png $(SAMPLE)
	@$(BIN)/tracker plot straits "Strait of Gibraltar" --year 2024 -o reports/sample/straits.png $(SAMPLE)
	@$(BIN)/tracker report vessel Yelnya --since 2024-11-28 --until 2025-01-12 -o reports/sample/vessel.png $(SAMPLE)
	@$(BIN)/tracker report place Tartus --since 2024-11-30 --until 2024-12-31 -o reports/sample/place.png $(SAMPLE)
	@$(BIN)/tracker report diff $(MED) --from 2024-12-01 --to 2024-12-15 -o reports/sample/diff.png $(SAMPLE)
	@rm -f reports/sample/tracker.db*

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache dist build
