# What one needs every day. Each target makes its own virtual environment first; nothing but Python 3.11, git and make is needed.
SHELL := /bin/sh
.DEFAULT_GOAL := help
export PYTHONPATH := $(CURDIR)
unexport PYTHONHOME VIRTUAL_ENV

BIN := .venv/bin
SOMLOS := $(BIN)/python -m deploy.local.cli
WORKERS ?= 2
PYTEST_ARGS ?=

.PHONY: help up down status logs demo test lint types imports fmt rules contracts fuzz security faults mutants bench replay migrate backup restore erase

help: ## this list
	@grep -hE '^[a-z]+: .*##|^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):[^#]*## */\1\t/' | awk -F '\t' '{printf "  make %-10s %s\n", $$1, $$2}'

.venv/.installed: requirements/dev.txt
	@python=$$(PYTHON="$(PYTHON)" sh deploy/local/find-python.sh) && "$$python" -I deploy/local/install.py

up: .venv/.installed ## start everything on this machine, and stay in front of it (Ctrl-C stops it); ARGS="--separate"
	@$(SOMLOS) up $(ARGS)

down: .venv/.installed ## stop it, from another window
	@$(SOMLOS) down

status: .venv/.installed ## what runs where
	@$(SOMLOS) status

logs: .venv/.installed ## the end of every log; PART=rights for one, ARGS=-f to go on
	@$(SOMLOS) logs $(PART) $(ARGS)

demo: .venv/.installed ## the story of one family, told through the gateway
	@$(SOMLOS) demo $(ARGS)

migrate: .venv/.installed ## bring every service's schema up to date (make up does it too)
	@$(SOMLOS) migrate

replay: .venv/.installed ## let a service hear its events again: SERVICE=rights and KEY=<uuid>, SINCE=2026-11-24T00:00:00+01:00 or ARGS=--all
	@$(SOMLOS) replay $(SERVICE) $(if $(SINCE),--since $(SINCE)) $(if $(KEY),--key $(KEY)) $(ARGS)

backup: .venv/.installed ## a base backup of PostgreSQL while it runs; from the first one on the log is kept too
	@$(SOMLOS) backup $(ARGS)

restore: .venv/.installed ## the stopped cluster as it was: TO=2026-11-25T02:15:00+01:00, or ARGS=--latest
	@$(SOMLOS) restore $(if $(TO),--to $(TO)) $(ARGS)

erase: .venv/.installed ## erase a person everywhere, for good: PERSON=<inner id>, or ARGS=--number, which asks
	@$(SOMLOS) erase $(PERSON) $(ARGS)

test: lint types imports ## lint, types, imports, then every test
	@$(BIN)/python -m pytest -n $(WORKERS) $(PYTEST_ARGS)

lint: .venv/.installed ## ruff, and the linters of deploy/
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check --quiet . || { echo "Some files are not formatted: make fmt"; exit 1; }
	@$(BIN)/hadolint --config deploy/hadolint.yaml deploy/Dockerfile
	@$(BIN)/yamllint --strict --config-file deploy/yamllint.yaml deploy

types: .venv/.installed ## mypy, strict
	@$(BIN)/mypy

imports: .venv/.installed ## who may import whom
	@$(BIN)/lint-imports

fmt: .venv/.installed ## format the code
	@$(BIN)/ruff check --fix-only --quiet .
	@$(BIN)/ruff format --quiet .

rules: .venv/.installed ## the linter of the rules: what is wrong, what is open, how much there is; NAME="hjelpestonad" for some
	@$(BIN)/python -m services.rights.rules $(NAME)

contracts: .venv/.installed ## write the stored OpenAPI, AsyncAPI and event schemas anew
	@$(SOMLOS) contracts

fuzz: .venv/.installed ## generated requests to every route through the gateway: EXAMPLES=100 SEED=1
	@EXAMPLES=$(or $(EXAMPLES),100) SEED=$(or $(SEED),1) $(BIN)/python -m pytest -q -s --timeout 3000 tests/security/test_schemathesis.py tests/security/test_extremes.py tests/security/test_cursors.py $(PYTEST_ARGS)

security: .venv/.installed ## the security tests at length: every stranger over every route, lives in any order, what lies in clear
	@SOMLOS_SECURITY=long $(BIN)/python -m pytest -n $(WORKERS) --timeout 3000 $(or $(PYTEST_ARGS),tests/security)

faults: .venv/.installed ## harm a cluster under load and check its history: ROUNDS=3 SEED=7 NAME="services database"
	@$(BIN)/python -m tests.faults --rounds $(or $(ROUNDS),1) $(if $(SEED),--seed $(SEED)) $(NAME)

.venv-bench/.installed: requirements/bench.txt | .venv/.installed
	@$(BIN)/python -m venv --clear .venv-bench
	@.venv-bench/bin/python -m pip --disable-pip-version-check --no-input install --quiet --require-hashes -r requirements/bench.txt
	@touch $@

mutants: .venv/.installed ## every rule with one fault at a time: does a case of the right notice? RIGHT=hjelpestonad for one
	@$(BIN)/python -m tests.services.rights.mutants $(RIGHT)

bench: .venv/.installed .venv-bench/.installed ## what the machinery costs: every ratio with its floor, and docs/performance.md; NAME=relay for one
	@$(BIN)/python -m tests.bench $(NAME)
