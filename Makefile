# Each target is one call of `course` or of a standard tool; `make` alone lists them.
VENV ?= .venv
BIN := $(VENV)/bin
PYTHONS ?= python3 python3.13 python3.12 python3.11
SUPPORTED := import ensurepip, sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PIP := $(BIN)/python -m pip install -q --disable-pip-version-check -c requirements.lock
NAMES ?=
LAB ?=
WEB ?=

.DEFAULT_GOAL := help
.PHONY: help start web lab doctor test test-peers build notebooks slides slides-pdf site bench format lock clean

help:            ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

start: $(VENV)/.runtime   ## install, then a tour of a minute or two
	@$(BIN)/course start

web: $(VENV)/.site        ## read and answer in the browser (WEB=--no-browser prints the address alone)
	@$(BIN)/course web $(WEB)

lab: $(VENV)/.runtime     ## JupyterLab at chapter 1 (LAB=--allow-root in a container, as root)
	@$(BIN)/course lab $(LAB)

doctor: $(VENV)/.runtime  ## versions, devices, data, sandbox, and what to do about anything missing
	@$(BIN)/course doctor

test: $(VENV)/.dev        ## ruff, all tests, docstring examples, every notebook on the quick budget; peers if installed
	@bash tests/run.sh $(BIN)

test-peers: $(VENV)/.peers  ## parity with PyTorch, transformers and keras-hub
	@$(BIN)/python -m pytest tests/peers
	@KERAS_BACKEND=torch $(BIN)/python -m pytest tests/layers tests/decoding tests/models/test_seq2seq.py

build: $(VENV)/.runtime   ## exercises/ from solutions/
	@$(BIN)/course build

notebooks: $(VENV)/.runtime  ## execute notebooks/*.py into notebooks/*.ipynb (NAMES=03_attention for one)
	@$(BIN)/course notebooks $(NAMES)

slides: $(VENV)/.site     ## reveal.js slides from the executed notebooks, into build/slides
	@$(BIN)/course slides $(NAMES)

slides-pdf: $(VENV)/.site ## the same, and each deck and handout as PDF (needs Chromium)
	@$(BIN)/course slides --pdf $(NAMES)

site: $(VENV)/.site       ## the web edition from the executed notebooks, into build/site
	@$(BIN)/course site $(NAMES)

bench: $(VENV)/.runtime   ## the Multi30k ladder: long, resumable
	@$(BIN)/python -m benchmarks.ladder

format: $(VENV)/.dev      ## ruff's fixes and formatting
	@$(BIN)/ruff check --fix . && $(BIN)/ruff format .

lock:            ## requirements.lock from pyproject.toml (needs uv; UPGRADE=--upgrade for newer versions)
	uv pip compile $(UPGRADE) pyproject.toml -o requirements.lock

clean:           ## remove .venv, build, runs (half-finished benchmarks, too); answers and progress stay
	rm -rf $(VENV) build runs .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@for python in $(PYTHONS); do \
	    if command -v $$python >/dev/null && $$python -c '$(SUPPORTED)' 2>/dev/null; then \
	        echo "Creating $(VENV) with $$($$python --version)"; exec $$python -m venv $(VENV); fi; \
	done; \
	echo "The course needs Python 3.11, 3.12 or 3.13 with its venv module; none of '$(PYTHONS)' is one." >&2; \
	echo "Install one (on Debian and Ubuntu: python3 and python3-venv), or name it: make start PYTHONS=/path/to/python3.12" >&2; \
	exit 1

$(VENV)/.runtime: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing the course (a few minutes the first time)"
	@$(PIP) -e .
	@touch $@

$(VENV)/.dev: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing the course and its test tools (a few minutes the first time)"
	@$(PIP) -e '.[dev,site]'
	@touch $@ $(VENV)/.runtime $(VENV)/.site

$(VENV)/.site: pyproject.toml requirements.lock | $(BIN)/python
	@echo "Installing the course and what its web edition and its slides are made with (a few minutes the first time)"
	@$(PIP) -e '.[site]'
	@touch $@ $(VENV)/.runtime

$(VENV)/.peers: $(VENV)/.dev
	@echo "Installing the peers (PyTorch, transformers, keras-hub)"
	@# seqeval's own setup fetches an old build tool, unless that is there already.
	@$(PIP) setuptools setuptools-scm
	@$(PIP) --no-build-isolation seqeval
	@$(PIP) -e '.[dev,peers,site]'
	@touch $@
