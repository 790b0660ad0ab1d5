UV := .venv/bin/uv

lock:
	$(UV) pip compile --python-version 3.11 pyproject.toml -o requirements.txt --no-header --no-annotate -q
	$(UV) pip compile --python-version 3.11 --group dev pyproject.toml -c requirements.txt -o requirements-dev.txt --no-header --no-annotate -q
