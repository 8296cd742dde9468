# Two commands do all the set-up: `make demo` and `make test`. Both install into .venv.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
EDITION ?= demo.edition
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt

.PHONY: demo test check format docs wheel clean

demo: .venv/installed            ## build and serve the example edition, or that of SOURCE=folder
ifdef SOURCE
	$(BIN)/variorum build $(SOURCE) -o $(EDITION)
	$(BIN)/variorum serve $(EDITION) --port $(PORT)
else
	$(BIN)/variorum demo -o $(EDITION) --port $(PORT)
endif

test: check                      ## everything that must hold: style, types, tests
	$(BIN)/python -m pytest -n auto --dist loadgroup

check: .venv/installed-dev       ## style and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed-dev      ## bring the code into style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

docs: .venv/installed-dev        ## write the generated parts of docs/ anew
	$(BIN)/python docs/generate.py

wheel: .venv/installed-dev       ## build the wheel, in dist/
	$(BIN)/python -m build --wheel

clean:                           ## remove what was built and installed
	rm -rf .venv dist build .mypy_cache .ruff_cache .pytest_cache .hypothesis demo.edition demo.edition-*
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Variorum needs Python 3.11 or newer; say which with make PYTHON=/path/to/python3.11"; exit 1; }
	$(PYTHON) -m venv .venv

.venv/installed: .venv/bin/python pyproject.toml constraints.txt
	@echo "Installing Variorum into .venv (once; about a minute)"
	$(PIP) -e .
	@touch $@

.venv/installed-dev: .venv/installed
	@echo "Installing the tools of the tests into .venv"
	$(PIP) -e '.[dev]'
	@touch $@
