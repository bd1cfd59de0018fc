# Every target makes what it needs. Long work lives in tools/; this file only names it.

PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python

.DEFAULT_GOAL := help
.PHONY: help services services-stop environment-base environment-dev

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

services: ## Start PostgreSQL and Elasticsearch: eval "$$(make -s services)"
	@$(PYTHON) -m tools.services start

services-stop: ## Stop them
	@$(PYTHON) -m tools.services stop

environment-base:
	@$(PYTHON) tools/environment.py base

environment-dev:
	@$(PYTHON) tools/environment.py dev
