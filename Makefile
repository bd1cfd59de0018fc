# Every target makes what it needs. The work itself is in tools/ and manage.py; this file names it.

PORT ?= 8000
FLOW ?=
ARGS ?=
# Tests run in two processes; SPREAD= runs them in one.
SPREAD ?= -n 2 --dist loadscope --no-loadscope-reorder

ifndef PYTHON
PYTHON := $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
endif
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo run test check ci services services-stop bench lock messages pictures clean python base dev catalogues

help: ## List the targets
	@awk -F ':[^#]*## ' '/^[a-z-]+:.*## / { gsub(/\$$\$$/, "$$"); printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: base catalogues ## Serve the demonstration site on http://127.0.0.1:8000 (PORT=...), with no other server
	@$(PY) -m tools.serve demo --port $(PORT)

run: dev catalogues ## Serve the site on what DATABASE_URL and ELASTICSEARCH_URL name (PORT=...)
	@$(PY) -m tools.serve run --port $(PORT)

test: dev catalogues ## Run the whole suite on PostgreSQL and Elasticsearch (ARGS="-k search")
	@$(PYTHON) -m tools.services run --packages chromium fonts-noto-cjk -- $(PY) -m pytest $(SPREAD) $(ARGS)

check: dev catalogues ## Check style, templates, types, imports, migrations, catalogues, deployment, locks
	@$(PY) -m tools.check $(ARGS)

ci: ## Run what the continuous integration runs: make check, then make test
	@.ci/run

services: python ## Start PostgreSQL and Elasticsearch: eval "$$(make -s services)"
	@$(PYTHON) -m tools.services start

services-stop: python ## Stop them; their data stay
	@$(PYTHON) -m tools.services stop

bench: dev catalogues ## Measure the flows of bench/catalog.py, or one of them (FLOW=name)
	@ES_JAVA_OPTS="$${ES_JAVA_OPTS:--Xms1g -Xmx1g}" $(PYTHON) -m tools.services run -- $(PY) -m bench.run $(FLOW)

lock: dev ## Take the newest versions that pyproject.toml allows into requirements/
	@$(PY) -m tools.lock

messages: dev ## Bring the message catalogues in locale/ up to date with the code
	@$(PY) -m tools.messages

pictures: dev ## Take the pictures of the translators' guide anew, of a demonstration that is served (PORT=...)
	@$(PY) -m tools.pictures --port $(PORT)

clean: python ## Stop the services and delete their data and what was built
	@$(PYTHON) -m tools.services clean
	@rm -rf tools/elasticsearch/target .mypy_cache .pytest_cache .ruff_cache .import_linter_cache
	@find . -path ./.venv -prune -o -name '*.mo' -exec rm {} +

# What the targets above stand on.

python:
	@$(or $(PYTHON),false) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo 'This project needs Python 3.11 or newer: install one, or name it by make PYTHON=/path/to/python3.' >&2; exit 1; }

base: python
	@$(PYTHON) -m tools.environment base

dev: python
	@$(PYTHON) -m tools.environment dev

catalogues: base
	@$(PY) -m tools.catalogues
