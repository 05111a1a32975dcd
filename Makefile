# Belfort. `make` alone shows what there is.
PYTHON ?= python3
UV_VERSION := 0.13.9
VENV := .venv
BIN := $(VENV)/bin
# uv belongs in .venv only; what it installs comes from uv.lock, with hashes.
SYNC := VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv sync --frozen --active --inexact --quiet

.DEFAULT_GOAL := help
.PHONY: help install demo test test-deep check format bench clean

help: ## Show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(BIN)/.installed ## Make .venv with the command .venv/bin/belfort, from uv.lock

demo: install ## Harvest fictional authorities and serve the whole site on http://localhost:8080
	@$(BIN)/belfort demo

test: $(BIN)/.tested debian ## Run all tests, and install what they need first
	@$(BIN)/python -m pytest -q -m "not deep" -n 2 --dist loadgroup

test-deep: $(BIN)/.tested debian ## Run all tests and the long ones
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

check: $(BIN)/.tested ## Lint, types and import rules
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

format: $(BIN)/.tested ## Format the code
	@$(BIN)/ruff check --fix -q . ; $(BIN)/ruff format -q .

bench: $(BIN)/.tested ## Measure on INPUT=<folder of pages>: make bench INPUT=../shared/data/pages
	@for script in tests/bench/[a-z]*.py; do echo "== $$script"; $(BIN)/python $$script "$(INPUT)" || exit 1; done

clean: ## Remove .venv and caches; data stays
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(BIN)/uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Belfort needs Python 3.11 or newer; set PYTHON=python3.x" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION)

$(BIN)/.installed: pyproject.toml uv.lock | $(BIN)/uv
	@$(SYNC)
	@touch $@

$(BIN)/.tested: pyproject.toml uv.lock | $(BIN)/uv
	@$(SYNC) --group check
	@touch $@ $(BIN)/.installed

# The tests use a real PostgreSQL, browser and Elasticsearch (that one comes from Maven Central, see
# tests/support/elastic.py). As root what they need is installed; otherwise those tests are skipped by name (and fail
# in CI).
.PHONY: debian
debian:
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
		lacks=""; \
		command -v chromium >/dev/null || lacks="$$lacks chromium fonts-dejavu-core"; \
		ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || lacks="$$lacks postgresql"; \
		command -v java >/dev/null || lacks="$$lacks default-jre-headless"; \
		command -v mvn >/dev/null || lacks="$$lacks maven"; \
		[ -z "$$lacks" ] || { \
			echo "Installing for the tests:$$lacks ..."; \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -qq --no-install-recommends $$lacks >/dev/null; }; \
	fi
