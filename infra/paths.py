"""Where things are, relative to the repository's root."""

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCAL = ROOT / ".local"
BUILD = LOCAL / "build"
REQUIREMENTS = ROOT / "requirements.txt"
CONFIG = ROOT / ".chalice" / "config.json"
RESOURCES = ROOT / "infra" / "resources"
SERVICES = ROOT / "stepfunctions" / "services"
STATIC = ROOT / "chalicelib" / "web" / "static"
VENV_BIN = ROOT / ".venv" / "bin"
CLOUD_PYTHON = LOCAL / "cloud-env" / "bin" / "python"
ENDPOINTS = LOCAL / "endpoints.json"
