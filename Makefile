# One door. `make` lists the targets; each does its own set-up and is safe to repeat.
PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
PLAN := build/plan
export PORT

.DEFAULT_GOAL := help
.PHONY: help env env-test plan up test check bench docs clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-7s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

env:  ## make the environment in .venv
	@$(PYTHON) tools/environment.py run

env-test:
	@$(PYTHON) tools/environment.py run test

plan: env  ## design the areas, compute the settlement, write build/plan
	@test -f $(PLAN)/plan.json || $(BIN)/folkmoot plan --out $(PLAN)
	@$(BIN)/folkmoot verify $(PLAN)

up: env  ## all of it, and serve it at http://127.0.0.1:8000 (PORT=8001 make up for another port)
	@$(BIN)/python tools/front_end.py
	@$(BIN)/python manage.py serve --check
	@$(MAKE) --no-print-directory plan
	@$(BIN)/python manage.py up $(PLAN)

test: env-test  ## every suite: core, oracles, pages on both databases, browser
	@$(BIN)/python tools/front_end.py
	@$(BIN)/python tools/run_suites.py

check: env-test  ## format, lint, types, floors, docs, licences
	@$(BIN)/python tools/check.py

bench:  ## measure speed and quality beside the peers
	@$(PYTHON) tools/environment.py run test bench openfisca
	@$(BIN)/python -m tools.bench

docs: env-test  ## build the documentation into build/docs
	@$(BIN)/mkdocs build --strict --quiet --site-dir build/docs

clean:  ## remove what was built; .venv stays
	@rm -rf build node_modules src/moothall/pages/assets .mypy_cache .pytest_cache .ruff_cache .hypothesis
