# Needs Python 3.11 or newer and make; takes uv where it is there. `make help` lists the targets.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
UV := $(shell command -v uv 2>/dev/null)

# Which meeting `make demo` shows as a diff: the start of its id.
RIO := 2024-02-22-rio-de-janeiro

ifneq ($(UV),)
MAKE_VENV = "$(UV)" venv --quiet --python "$(PYTHON)" $(VENV)
INSTALL = "$(UV)" pip install --quiet --python $(PY)
else
MAKE_VENV = "$(PYTHON)" -m venv $(VENV)
INSTALL = $(PY) -m pip install --quiet --disable-pip-version-check
endif

.DELETE_ON_ERROR:
.PHONY: help demo test score record bench screenshots lock clean

help: ## List the targets.
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' Makefile

demo: $(VENV)/.runtime ## Install, run over the seed articles with the built-in model, show the Rio diff.
	$(BIN)/extractor run seeds/ --out out/ --model builtin
	$(BIN)/extractor diff $(RIO)

test: $(VENV)/.test ## Install, then lint, format, types, layers and tests.
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy
	$(BIN)/lint-imports
	$(PY) -m pytest --numprocesses auto --dist loadfile

score: $(VENV)/.runtime ## Score the built-in model on seeds/ and tests/corpus/, and on CORPORA="folders with a gold.jsonl".
	$(PY) -m benchmarks.accuracy seeds tests/corpus $(CORPORA)

record: $(VENV)/.test ## Record the cassettes anew, over loopback or from EXTRACTOR_BASE_URL.
	$(PY) -m pytest -m vcr --record-mode=rewrite

bench: $(VENV)/.test ## Run benchmarks/.
	$(PY) -m benchmarks

screenshots: $(VENV)/.test ## Take the pictures in docs/ again from the seeds (needs Chromium).
	$(PY) -m tests.screenshots

# Pins stay where they are unless they must move; `make lock UPGRADE=1` takes the newest of everything.
# The files hold versions and hashes, and no address: any registry or mirror will do.
LOCK = uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-annotate --custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade) --group build pyproject.toml

lock: ## Pin the requirements again, with hashes (needs uv).
	@command -v uv >/dev/null || { echo 'make lock needs uv: pip install uv' >&2; exit 2; }
	$(LOCK) --extra archive --extra evaluate --output-file requirements.txt
	$(LOCK) --all-extras --constraint requirements.txt --output-file requirements-test.txt

clean: ## Remove what the targets made; workspaces (*.db) stay.
	rm -rf $(VENV) .venv-peers out build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(PY):
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Python 3.11 or newer is needed; "$(PYTHON)" is not. Name one: make $(or $(MAKECMDGOALS),demo) PYTHON=python3.12' >&2; \
		exit 2; }
	rm -rf $(VENV)
	$(MAKE_VENV) || { rm -rf $(VENV); exit 2; }

# Installed again only when the pins or the project's metadata change. The project itself is built by the pinned
# hatchling, hence no build isolation: nothing is installed that has no hash.
$(VENV)/.runtime: requirements.txt pyproject.toml | $(PY)
	$(INSTALL) --require-hashes -r requirements.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements-test.txt pyproject.toml | $(PY)
	$(INSTALL) --require-hashes -r requirements-test.txt
	$(INSTALL) --no-deps --no-build-isolation -e .
	@touch $(VENV)/.runtime $@
