PYTHON ?= python3
PORT ?= 8000
STAGE ?= dev
UV := .venv/bin/uv
RUN := .venv/bin/python -m

.PHONY: setup run test check demo bench deploy clean lock

setup:
	@command -v $(PYTHON) >/dev/null || { echo "Zagora needs Python 3.11 or newer, and there is no $(PYTHON)"; exit 1; }
	@$(PYTHON) infra/setup.py

# `exec`: the signal that stops make is meant for the stack, not for a shell in between.
run: setup
	@exec $(RUN) infra.local --port $(PORT)

# Everything, the browser's and the embedded cloud's tests included; ARGS go to pytest.
test: setup
	@exec $(RUN) infra.quality.suite $(ARGS)

check: setup
	@$(RUN) infra.quality

demo: setup
	@exec $(RUN) infra.local.demo

bench: setup
	@$(RUN) bench

# ARGS="--parameter RegisterUscrasp=https://…"; --help lists what may be given.
deploy: setup
	@exec $(RUN) infra.deploy $(STAGE) $(ARGS)

clean:
	rm -rf .local .venv build .chalice/deployments infra/frontend/node_modules

lock:
	$(UV) pip compile --python-version 3.11 pyproject.toml -o requirements.txt --no-header --no-annotate -q
	$(UV) pip compile --python-version 3.11 --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt --no-header --no-annotate -q
