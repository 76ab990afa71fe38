# The commands a person types. Each is one line into scripts/; read scripts/setup/bootstrap.py first.
.DEFAULT_GOAL := help
.PHONY: help demo test lint format bench dev shell psql plan import verify stop clean test-upstream

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-14s %s\n", $$1, $$2}' Makefile

demo: ## set up what is missing, load the demonstration network, serve it until Ctrl-C
	@scripts/run demo

test: ## the same set-up, then every test, in two processes; ARGS="-k name" for some, in one
	@scripts/run test $(ARGS)

lint: ## all checks of the code
	@scripts/run lint

format: ## put right what a tool can put right
	@scripts/run format

bench: ## the benchmarks in bench/; ARGS="parts --sizes 1000" for one of them
	@scripts/run bench $(ARGS)

dev: ## serve the demonstration, reloading on change
	@scripts/run dev

shell: ## a Python shell in the demonstration database
	@scripts/run shell

psql: ## SQL in the demonstration database
	@scripts/run psql

plan: ## plan files without Odoo: PROBLEM=problem.json PLAN=plan.json SECONDS=30
	@scripts/run plan "$(PROBLEM)" "$(PLAN)" "$(SECONDS)"

import: ## look at a file of spaces: FILE= KIND=okw|gogocarto|csv SOURCE= LICENCE= BY=; APPLY=1 writes them
	@scripts/run import "$(FILE)" "$(KIND)" "$(SOURCE)" "$(LICENCE)" "$(BY)" "$(APPLY)"

verify: ## compare the history of every part with its hashes; DB=name for another
	@scripts/run verify $(DB)

test-upstream: ## Odoo's own suites without and with our addons, and the difference (long)
	@scripts/run test-upstream

stop: ## stop the private PostgreSQL
	@scripts/run stop

clean: ## remove everything that was set up, databases too
	@scripts/run clean
