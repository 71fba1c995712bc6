# Two commands matter: `make demo` and `make test`. Both set up what they need and are safe to repeat.
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
BIN := .venv/bin
DEMO := examples/notes-web

# What CloudFront gets is kept beside its source, so that a deployment needs no minifier.
.PHONY: edge demo test test-fast acceptance bench docs lint format setup prerequisites pulumi clean-demo clean help

help: ## Say what there is
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

demo: setup ## Set up and deploy examples/notes-web to the local target
	@$(BIN)/windlass deploy --project $(DEMO) --branch main --target local

test: setup ## Set up and run all tests
	@$(BIN)/pytest -n 2 -m "not acceptance"
	@$(BIN)/pytest -n 2 -m acceptance --dist loadscope

test-fast: setup ## Only the tests that start no Pulumi, emulator, npm or browser
	@$(BIN)/pytest -n 2 -m "not acceptance"

acceptance: setup ## Only the tests that deploy for real
	@$(BIN)/pytest -n 2 -m acceptance --dist loadscope

bench: setup ## Measure side by side with what a user would use instead
	@$(BIN)/python -m bench

docs: setup ## Build the documentation into site/; links are checked
	@NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --quiet
	@echo "docs: site/index.html"

lint: setup ## ruff and a strict type check
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

edge: ## Make programs/edge.min.js anew after a change of programs/edge.js
	@$(PYTHON) tools/edge.py

format: setup ## Let ruff put the code in order
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# The library and the Pulumi CLI do not depend on each other, and the CLI may have to be built: side by side.
setup: prerequisites
	@$(MAKE) --no-print-directory --jobs=2 .venv/ready pulumi
	@$(BIN)/python -m engine.provision.pulumi_cli > /dev/null

prerequisites:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is missing: https://www.python.org/downloads/ \
	(Debian: apt-get install python3 python3-venv)"; exit 3; }
	@$(PYTHON) tools/prerequisites.py

.venv/ready: pyproject.toml constraints.txt
	@echo "setup: installing the library into .venv (a minute)"
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[local,dev,docs]'
	@touch $@
	@echo "setup: the library is ready"

pulumi:
	@$(PYTHON) -m engine.provision.pulumi_cli --unless-downloadable > /dev/null

clean-demo: ## Stop the demo and forget it
	@test ! -x $(BIN)/windlass || $(BIN)/windlass local reset --project $(DEMO)
	@rm -rf $(DEMO)/.windlass $(DEMO)/node_modules $(DEMO)/dist $(DEMO)/.npm

clean: clean-demo ## Remove what set-up made as well
	@rm -rf .venv
