# onrecord: everything runs in .venv; `make help` lists what there is.
PYTHON ?= python3
BIN := .venv/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: help install demo test lint evaluate bench fuzz tagger schema pictures lock clean
help:  ## what can be made
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

install: .venv/.run  ## the environment that users need
.venv/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || { $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "onrecord needs Python 3.11 or later: make PYTHON=python3.11 $(MAKECMDGOALS)" >&2; exit 1; }; $(PYTHON) -m venv .venv; }
	$(BIN)/pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/pip install --quiet --no-deps --require-hashes -r requirements/build.txt
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.run
	$(BIN)/pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

demo: .venv/.run  ## read the sample story and show what it says
	$(BIN)/python samples/demo.py $(if $(filter no,$(PAGES)),--no-pages)

test: .venv/.dev  ## all tests
	$(BIN)/python -m pytest

lint: .venv/.dev  ## style, types, layers, documentation
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python docs/check.py

evaluate: .venv/.dev  ## measure quality against the pinned floors; writes docs/quality.md
	$(BIN)/python -m evaluation.gate

bench: .venv/.dev  ## measure speed and memory on one core
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest evaluation --benchmark-only --benchmark-columns=min,median,max,rounds -o python_files='bench_*.py' -o addopts='' -s
	-OMP_NUM_THREADS=1 $(BIN)/python -m evaluation.cost

fuzz: .venv/.dev  ## feed the page layer broken bytes for two minutes, and the API what nobody thought of for ten
	$(BIN)/python -m evaluation.fuzz_page 120
	$(BIN)/python -m evaluation.fuzz_api

tagger:  ## make the tagger's weights again: make tagger POLNEAR=folder PLANNED=folder TIMES=folder TRANSCRIPTS=folder (an hour and a quarter)
	training/statements/make.sh $(POLNEAR) $(PLANNED) $(TIMES) $(TRANSCRIPTS)

schema: .venv/.dev  ## write the JSON Schemas again
	$(BIN)/python docs/schema/make.py

pictures: .venv/.dev  ## make the pictures of the README again
	$(BIN)/python -m docs.pictures.make

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate
lock: .venv/.dev  ## write requirements/*.txt again from pyproject.toml
	$(LOCK) --extra mcp --extra notify --extra parquet pyproject.toml -o requirements/run.txt
	$(LOCK) --group build -c requirements/run.txt -o requirements/build.txt
	$(LOCK) --group dev -c requirements/run.txt -o requirements/dev.txt

clean:  ## remove what was made
	rm -rf .venv .train build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .benchmarks
