# Remit. `make run` and `make test` are all you need; `make help` lists the rest.
SHELL := /bin/bash
PY := .venv/bin/python
REMIT := .venv/bin/remit
PORT ?= 8000
export REMIT_HOME ?= $(CURDIR)/var

.DEFAULT_GOAL := help
.PHONY: help run demo setup setup-dev system test test-fast journeys check fix docs bench agreement test-next verify ci

help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*##/\t/' | expand -t 14

setup: ## install what is missing into .venv (entry point: .venv/bin/remit)
	@python3 scripts/install.py

setup-dev:
	@python3 scripts/install.py --dev

system:
	@python3 scripts/install.py --dev --tests

run: setup ## build the demo nation and serve it on http://127.0.0.1:8000
	@REMIT_DEMO=1 $(REMIT) demo --no-accounts
	@REMIT_DEMO=1 $(REMIT) serve --port $(PORT)

demo: setup ## build the demo nation only (DATA=folder: from published files)
	@REMIT_DEMO=1 $(REMIT) demo $(if $(DATA),--data "$(DATA)")

test: system ## everything that belongs in CI, on SQLite and on PostgreSQL
	@$(PY) scripts/test_lanes.py

test-fast: setup-dev ## engines, rooms and house on SQLite: while you work
	@$(PY) -m pytest -q tests/engines tests/rooms tests/house -n 2

journeys: system ## the stories in a real browser
	@$(PY) -m pytest -q tests/journeys

check: setup-dev ## style, types, the plan of the house, templates, migrations, documents in step
	@$(PY) scripts/check.py

fix: setup-dev ## let ruff put right what it can
	@$(PY) -m ruff check --fix . ; $(PY) -m ruff format .

docs: setup-dev ## write the generated documents anew
	@$(PY) scripts/generate_docs.py

bench: setup-dev ## measure, beside what you would use instead; prints ratios
	@$(PY) -m bench

agreement: system ## long: our answers against independent programs', many more examples
	@REMIT_LONG=1 $(PY) -m pytest -q tests/agreement tests/engines tests/doors/api/test_api_fuzzed.py

test-next: ## long: the suite under Django 6.1, where a Python >= 3.12 is found
	@python3 scripts/test_next.py

verify: setup ## verify the ledger of this installation, twice: by Remit and by the stand-alone verifier
	@$(REMIT) verify && $(REMIT) ledger export $(REMIT_HOME)/ledger.jsonl && python3 verifier/remit_verifier.py ledger $(REMIT_HOME)/ledger.jsonl

ci: ## what CI runs
	@bash .ci/run
