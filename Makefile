# Each target prepares what it needs by itself: a virtual environment from any Python 3.11 or newer, the hash-locked
# requirements, the screens' assets. Stamp files in .venv make the second call start at once.

PORT ?= 8000
# Many tests wait more than they compute, so six files of them run side by side on two cores; WORKERS=0: one after another.
WORKERS ?= 6
BUILD := config/build
BIN := .venv/bin
# pip reads nothing but the locks: no constraints from the machine, no prompts.
PIP := PIP_NO_INPUT=1 PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip -qq install
LOCKED := $(PIP) --require-hashes -r
AUDIT := .venv/auditing/bin

# Where it is set, every server that a test starts would compile all of the product anew.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help run test check deep trust bench lint types reference pictures audit locks clean chromium
.DELETE_ON_ERROR:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

run: .venv/run ## Serve the demo of both malls on port 8000 (PORT=… for another); Ctrl-C stops it
	@$(BIN)/python $(BUILD)/assets.py bundle
	@exec $(BIN)/queue-server demo --host 127.0.0.1 --port $(PORT)

test: .venv/test chromium ## Run every test, the real browser included
	@exec $(BIN)/python -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

deep trust: export CHROMIUM ?= chromium
deep: .venv/test chromium ## Run the drills too long for every change: a fresh Debian, LibreOffice, … (root)
	@sh $(BUILD)/need-fresh-debian.sh
	@sh $(BUILD)/need-libreoffice.sh
	@exec $(BIN)/python -m pytest --deep $(ARGS)

trust: .venv/test chromium ## Run the long trust suite and write its figures into tests/trust/README.md (ARGS="--effort 1" for a whole night)
	@exec $(BIN)/python -m tests.trust $(ARGS)

bench: .venv/test ## Print the benchmark table and write it into tests/bench/README.md
	@$(BIN)/python $(BUILD)/assets.py bundle
	@exec $(BIN)/python -m tests.bench $(ARGS)

check: .venv/test ## Run what needs neither browser nor server, in a minute or so: for the hand on the keyboard
	@$(BIN)/ruff check .
	@exec $(BIN)/python -m pytest --quick -q -n 2 --dist loadfile $(ARGS)

lint: .venv/test ## Check style, types and browser targets of all source
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m pytest -q tests/lint

reference: .venv/test ## Write config/reference.md from the schema of the configuration
	@exec $(BIN)/python $(BUILD)/reference.py

types: .venv/test ## Write what the browser's modules know of the server
	@exec $(BIN)/python $(BUILD)/browser_types.py

pictures: .venv/test chromium ## Take the pictures of the guides for staff anew
	@exec $(BIN)/python -m tests.journeys.guide_pictures

audit: .venv/auditing ## Ask the published advisories about every locked package (internet), write dist/bom.json
	@mkdir -p dist
	@$(AUDIT)/cyclonedx-py requirements $(BUILD)/requirements.txt --output-reproducible --of JSON -o dist/bom.json
	@cd $(BUILD) && npm audit --package-lock-only --audit-level low
	@for lock in requirements requirements-test; do \
		$(AUDIT)/pip-audit --strict --disable-pip --require-hashes -r $(BUILD)/$$lock.txt || exit 1; done

locks: .venv/python ## Renew every lock from pyproject.toml and package.json
	@test -x .venv/locks/bin/uv || { $(BIN)/python -m venv .venv/locks && .venv/locks/bin/python -m pip --quiet install uv; }
	@COMPILE=".venv/locks/bin/uv pip compile --quiet --upgrade --universal --generate-hashes --no-header --python-version 3.11" && \
	$$COMPILE pyproject.toml --group build -o $(BUILD)/requirements.txt && \
	$$COMPILE pyproject.toml --group build --group test --extra postgres --extra redis \
		-c $(BUILD)/requirements.txt -o $(BUILD)/requirements-test.txt && \
	$$COMPILE --group node -o $(BUILD)/requirements-node.txt && \
	$$COMPILE --group audit -o $(BUILD)/requirements-audit.txt
	@$(LOCKED) $(BUILD)/requirements.txt
	@$(BIN)/python $(BUILD)/assets.py lock

clean: ## Remove everything that make built (a server's data folder stays)
	rm -rf .venv $(BUILD)/node_modules $(BUILD)/.esbuild queue_server/web/static/vendor queue_server/web/static/bundle tests/vendor dist .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# ── what the targets stand on ──────────────────────────────────────────────────────────────────────────────────────

.venv/python: config/build/find-python.sh
	@python=$$(sh $(BUILD)/find-python.sh) && echo "make: virtual environment from $$python" && $$python -m venv .venv
	@touch $@

# A machine without npm gets Node from its locked wheel.
.venv/node: .venv/python $(BUILD)/requirements-node.txt
	@command -v npm >/dev/null || $(LOCKED) $(BUILD)/requirements-node.txt
	@touch $@

.venv/run: .venv/python .venv/node $(BUILD)/requirements.txt $(BUILD)/assets.py $(BUILD)/icons.txt $(BUILD)/package-lock.json pyproject.toml
	@echo "make: installing the locked requirements and building the screens' assets"
	@$(LOCKED) $(BUILD)/requirements.txt
	@$(BIN)/python $(BUILD)/assets.py vendor
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

.venv/test: .venv/python .venv/node $(BUILD)/requirements-test.txt $(BUILD)/assets.py $(BUILD)/icons.txt $(BUILD)/package-lock.json pyproject.toml
	@echo "make: installing the locked test requirements and tools"
	@$(LOCKED) $(BUILD)/requirements-test.txt
	@$(BIN)/python $(BUILD)/assets.py tools vendor
	@$(PIP) --no-build-isolation --no-deps --editable .
	@touch $@

# In an environment of its own: what looks at our packages is none of them.
.venv/auditing: .venv/python .venv/node $(BUILD)/requirements-audit.txt
	@$(BIN)/python -m venv $@ && $(AUDIT)/python -m pip -qq install --require-hashes -r $(BUILD)/requirements-audit.txt
	@touch $@

chromium:
	@sh $(BUILD)/need-chromium.sh
