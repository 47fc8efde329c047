# Piping Hot: everything that can be done with it, each by one word. `make` alone lists them.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV = .venv
HOST ?= 127.0.0.1
PORT ?= 8000
UV ?= uv

RUN = "$(VENV)/bin/python"
# Twice quiet: errors still show, advice about other people's packages does not. What is not compiled now is on first use.
INSTALL = $(RUN) -m pip install -qq --disable-pip-version-check --no-compile --require-hashes
PYTEST = $(RUN) -m pytest -n 2 -rsR
# A test that hangs must fail and say where, instead of keeping everybody waiting. Soaks take as long as they take.
NONE_HANGS = -o faulthandler_timeout=600 -o faulthandler_exit_on_timeout=true

# Stamps: what is installed in the virtual environment. `run` needs the first alone, so that it is quick.
CAN_RUN = $(VENV)/.can-run
CAN_TEST = $(VENV)/.can-test

.PHONY: help run test test-more soak install lint check-data screenshots lock clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' Makefile | while IFS='	' read -r target says; do \
		printf '  make %-12s %s\n' "$$target" "$$says"; done

run: $(CAN_RUN) ## Serve on http://127.0.0.1:8000 (PORT=9000 for another port, HOST=0.0.0.0 to let a phone in)
	@HOST="$(HOST)" PORT="$(PORT)" exec $(RUN) app.py

test: $(CAN_TEST) ## Run the tests, in about 3 minutes
	@$(PYTEST) $(NONE_HANGS)

test-more: $(CAN_TEST) ## Run the longer tests: properties, made-up input, a server that is killed
	@$(PYTEST) $(NONE_HANGS) -m long

soak: $(CAN_TEST) ## Run the longer tests at full length and keep the result in docs/soak/
	@mkdir -p docs/soak
	@$(PYTEST) -m long --hypothesis-profile=soak > "docs/soak/$$(date +%F).txt" 2>&1; \
		status=$$?; cat "docs/soak/$$(date +%F).txt"; exit $$status

install: $(CAN_TEST) ## Install everything that a developer needs
	@command -v chromium > /dev/null || echo "To run the browser tests too, install Chromium: sudo apt-get install chromium"
	@echo "Ready. Start with: make run, make test, make lint"

lint: $(CAN_TEST) ## Check style, layout and types
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(RUN) -m mypy

check-data: $(CAN_RUN) ## List every mistake in the data files
	@$(RUN) -m flask data check

screenshots: $(CAN_TEST) ## Draw the pictures in docs/screenshots/ again
	@$(RUN) scripts/screenshots.py

lock: ## Choose versions again and write uv.lock and requirements*.txt (needs uv: pip install uv)
	@$(UV) lock --quiet --no-config --default-index https://pypi.org/simple
	@$(UV) export --quiet --no-config --frozen --no-default-groups --no-emit-project \
		--format requirements.txt --output-file requirements.txt
	@$(UV) export --quiet --no-config --frozen --all-groups --no-emit-project \
		--format requirements.txt --output-file requirements-dev.txt

clean: ## Remove what was built here; what people saved in instance/ stays
	@rm -rf "$(VENV)" .pytest_cache .hypothesis .mypy_cache .ruff_cache htmlcov
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(CAN_RUN): requirements.txt
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2> /dev/null || \
		{ echo "Piping Hot needs Python 3.11 or newer. Install it, or name it: make run PYTHON=/path/to/python3.11"; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2> /dev/null || \
		{ echo "This Python cannot make a virtual environment. On Debian or Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	@echo "Installing what Piping Hot runs on into $(VENV), once (about 10 seconds)"
	@$(RUN) -c '' 2> /dev/null || "$(PYTHON)" -m venv --clear "$(VENV)"
	@$(INSTALL) --requirement requirements.txt
	@touch "$@"

$(CAN_TEST): $(CAN_RUN) requirements-dev.txt
	@echo "Adding what the tests need, once"
	@$(INSTALL) --requirement requirements-dev.txt
	@touch "$@"
