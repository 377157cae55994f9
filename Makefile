# The commands of this house. `make` alone lists them.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo check test bench lock vendor messages dev run

export PYTHON ?= python3
export PORT ?= 8000
BIN := .venv/bin
# What the tools read as settings; the tests bring a database of their own.
TESTING := TAAWUN_TESTING=1

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

demo: ## the whole program on this machine, with its demonstration world (PORT=8000)
	@export TAAWUN_STARTED=$${EPOCHREALTIME:-}; tools/venv run; exec $(BIN)/python -m taawun demo --stop-with-parent

check: dev ## lint, types, imports, and every test without a browser
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(TESTING) $(BIN)/mypy
	$(TESTING) $(BIN)/lint-imports
	$(BIN)/python -m pytest -n 2 -m "not browser and not faults"

# A browser and the database's own connections do not share a process: each runs in one of its own. The browser's
# files are shared out among two processes, each with a world of its own.
test: check ## check, then everybody at every door, the real browser and the killed parts
	tools/system_packages
	$(BIN)/python -m pytest -n 2 --every-door tests/doors/test_doors.py tests/doors/test_lists.py
	$(BIN)/python -m pytest -m browser tests/ui
	$(BIN)/python -m pytest -n 2 --dist loadfile -m browser tests/browser
	$(BIN)/python -m pytest -m faults tests/faults

bench: dev ## measure the pages on a large installation (writes var/bench.json)
	$(BIN)/python -m bench

messages: dev ## collect the strings of the interface into the catalogues
	$(BIN)/python tools/messages.py

lock: dev ## compile the requirements anew
	tools/lock

vendor: dev ## fetch the vendored front-end files anew, and compare
	$(BIN)/python tools/vendor.py

dev:
	@tools/venv dev

run:
	@tools/venv run
