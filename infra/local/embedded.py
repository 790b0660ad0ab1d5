"""The embedded cloud's process and the environment in which its clients find it."""

import os
import shutil
import time
import urllib.error
import urllib.request

from infra.local.parts import Part, Parts
from infra.paths import CLOUD_PYTHON, LOCAL

REGION = "eu-central-1"
STATE, OBJECTS, SCRATCH = LOCAL / "cloud" / "state", LOCAL / "cloud" / "s3", LOCAL / "cloud" / "tmp"
# Nothing of the person's own configuration: credentials for a real account must not be found.
OWN = ("AWS_PROFILE", "AWS_DEFAULT_PROFILE", "AWS_SESSION_TOKEN", "AWS_ROLE_ARN", "PYTHONPATH")


def use(port: int) -> None:
    """Make this process and those it starts clients of the embedded cloud."""
    for name in [n for n in os.environ if n.startswith("AWS_ENDPOINT_URL")] + list(OWN):
        os.environ.pop(name, None)
    os.environ |= {
        "AWS_ENDPOINT_URL": address(port),
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_CONFIG_FILE": os.devnull,
        "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        "AWS_EC2_METADATA_DISABLED": "true",
    }


def address(port: int) -> str:
    """Where the embedded cloud answers. A number: clients put buckets before a name."""
    return f"http://127.0.0.1:{port}"


def has_data() -> bool:
    """Whether an earlier run left a table behind."""
    return (STATE / "dynamodb.json").exists()


def start(parts: Parts, port: int) -> Part:
    """Start it with its state below `.local/` and its scratch space emptied."""
    shutil.rmtree(SCRATCH, ignore_errors=True)
    for folder in (STATE, OBJECTS, SCRATCH):
        folder.mkdir(parents=True, exist_ok=True)
    environment = {k: v for k, v in os.environ.items() if k != "AWS_ENDPOINT_URL"} | {
        "BIND_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "PERSIST_STATE": "1",
        "STATE_DIR": str(STATE),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(OBJECTS),
        "TMPDIR": str(SCRATCH),
        "ZAGORA_BUNDLES": str(LOCAL / "cloud" / "bundles"),
        # Listeners of services that we do not use.
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
    }
    python = CLOUD_PYTHON
    return parts.start(
        "The embedded cloud", "infra.local.cloud", python=python, environment=environment
    )


def await_ready(part: Part, url: str, seconds: float = 60) -> None:
    """Wait until the address answers. Raises Dead, or TimeoutError after that many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        part.check()
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if answer.status < 500:
                    return
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    raise TimeoutError(f"{part.name} does not answer at {url}; see {part.log}")
