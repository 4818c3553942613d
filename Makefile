# Every target sets itself up: Python 3.11 or newer, make and git are enough.
# PYTHON=/path/to/python3.13 chooses the interpreter of a new .venv.

PYTHON  ?=
PYTHONS := $(PYTHON) python3 python3.14 python3.13 python3.12 python3.11 python
VENV    := .venv
BIN     := $(VENV)/bin
INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

# Each writes files, and with --check says which are stale.
GENERATORS := $(wildcard tools/unasync.py tools/supported.py tools/portals.py)

.PHONY: help demo test check bench generate constraints clean

help:  ## say what there is
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(VENV)/.demo  ## show a family's school week, on a school that does not exist
	@$(BIN)/schoolsync demo

test: check  ## everything: what the build server runs
	$(BIN)/python -m pytest

check: $(VENV)/.dev  ## the fast half: style, imports, types, generated files
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports --no-logo
	$(BIN)/mypy
	$(BIN)/basedpyright --pythonpath $(BIN)/python
	PYTHONPATH=src $(BIN)/basedpyright --pythonpath $(BIN)/python --verifytypes schoolsync --ignoreexternal
	@set -e; for tool in $(GENERATORS); do $(BIN)/python $$tool --check; done

bench: $(VENV)/.dev  ## measure against bare httpx and other people's clients
	$(BIN)/python -m tools.bench

generate: $(VENV)/.dev  ## write the generated files anew
	@set -e; for tool in $(GENERATORS); do $(BIN)/python $$tool; done

constraints: $(VENV)/.dev  ## take the newest of everything into constraints.txt
	$(BIN)/python -m pip install --quiet --upgrade --upgrade-strategy eager -e '.[all]' --group dev
	{ sed '/^[^#]/d' constraints.txt; $(BIN)/python -m pip freeze --exclude schoolsync; } > $(VENV)/constraints.txt
	mv $(VENV)/constraints.txt constraints.txt

clean:  ## forget the virtual environment and every cache
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis dist build

# --- set-up -------------------------------------------------------------------

# A stamp is written when everything before it went well, so an interrupted set-up starts again.
$(VENV)/.demo: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing schoolsync in $(VENV), once …"
	@$(INSTALL) -e '.[cli,sandbox]'
	@touch $@

$(VENV)/.dev: $(BIN)/python pyproject.toml constraints.txt
	@echo "Installing schoolsync and its development tools in $(VENV), once …"
	@$(INSTALL) -e '.[all]' --group dev
	@touch $@

$(BIN)/python:
	@sh tools/venv.sh $(VENV) $(PYTHONS)
