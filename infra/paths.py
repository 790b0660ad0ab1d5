"""Where things are, relative to the repository's root."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# Shared by all stacks of this checkout: what was built, and the embedded cloud's environment.
HOME = ROOT / ".local"
BUILD = HOME / "build"
CLOUD_PYTHON = HOME / "cloud-env" / "bin" / "python"
# One stack's own: its data, logs and addresses. The tests' stack has another place.
LOCAL = Path(os.environ.get("ZAGORA_LOCAL", str(HOME))).resolve()
ENDPOINTS = LOCAL / "endpoints.json"

REQUIREMENTS = ROOT / "requirements.txt"
CONFIG = ROOT / ".chalice" / "config.json"
RESOURCES = ROOT / "infra" / "resources"
SERVICES = ROOT / "stepfunctions" / "services"
ASSETS = ROOT / "build" / "assets"
VENV_BIN = ROOT / ".venv" / "bin"
