"""The templates as they go to CloudFormation, laptop's and production's, pass cfn-lint."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from infra.packaging.template import template
from infra.packaging.vendor import Unbuildable
from infra.paths import BUILD, VENV_BIN

# The other stages differ from production in names and days only.
STAGES = ("local", "prod")
REGION = "eu-central-1"


def main() -> int:
    """cfn-lint's exit code."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        files = [Path(work) / f"{stage}.json" for stage in STAGES]
        for stage, file in zip(STAGES, files, strict=True):
            file.write_text(json.dumps(template(stage)))
        lint = [str(VENV_BIN / "cfn-lint"), "--regions", REGION, "--", *map(str, files)]
        return subprocess.run(lint, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main())
    except Unbuildable as error:
        sys.exit(str(error))
