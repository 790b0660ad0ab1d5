"""`.local/endpoints.json`: where a running stack answers. It is there only while it does."""

import json
import os
from typing import Any

from infra.local.embedded import REGION
from infra.local.merchants import merchants
from infra.local.start import Stack
from infra.paths import ENDPOINTS


def write(stack: Stack) -> None:
    """All at once: nobody reads half of it."""
    unfinished = ENDPOINTS.with_suffix(".tmp")
    unfinished.touch(mode=0o600)
    unfinished.write_text(json.dumps(endpoints(stack), ensure_ascii=False, indent=2) + "\n")
    unfinished.replace(ENDPOINTS)


def remove() -> None:
    """Nothing answers any more."""
    ENDPOINTS.unlink(missing_ok=True)


def endpoints(stack: Stack) -> dict[str, Any]:
    """As docs describe it; names stay, more may come."""
    pool = stack.outputs["UserPoolId"]
    return {
        "portal": stack.portal,
        "backoffice": f"{stack.portal}/office",
        "api": f"{stack.portal}/api/v1",
        "aws": stack.cloud,
        "region": REGION,
        "simulators": stack.simulators,
        "people": [
            {key: value for key, value in vars(person).items() if value} for person in stack.people
        ],
        "auth": {
            "issuer": f"https://cognito-idp.{REGION}.amazonaws.com/{pool}",
            "client_id": stack.outputs["ApiClientId"],
        },
        "merchants": merchants(),
        "stack": stack.outputs,
        "pid": os.getpid(),
    }
