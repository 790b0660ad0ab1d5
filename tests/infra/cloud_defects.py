"""Run by the embedded cloud's own Python: which of its defects are there, as JSON.

`plain` looks at MiniStack as it is installed, `repaired` at what `make run` starts.
"""

import contextlib
import io
import json
import os
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

SCRATCH = tempfile.mkdtemp()
os.environ |= {"PERSIST_STATE": "1", "STATE_DIR": SCRATCH, "ZAGORA_BUNDLES": f"{SCRATCH}/bundles"}
os.environ |= {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test"}

from ministack.core import lambda_runtime  # noqa: E402 - it reads the environment when imported
from ministack.services import dynamodb, lambda_svc, stepfunctions  # noqa: E402

WAITING = "arn:aws:states:::lambda:invoke.waitForTaskToken"
CODE = "class Superseded(Exception): pass\ndef f(event, context): raise Superseded('old')\n"


def main() -> None:
    """Print name → whether the defect is there."""
    if sys.argv[1] == "repaired":
        from infra.local.cloud.__main__ import REPAIRS

        for repair in REPAIRS:
            repair.install()
    defects: dict[str, Callable[[], bool]] = {
        "timeouts": timeout_by_path_is_ignored,
        "callbacks": failing_function_is_waited_for,
        "errors": error_loses_its_class,
        "bundles": every_worker_has_its_own_copy,
        "pace": silent_call_waits,
        "streams": failed_records_are_taken_for_handled,
        "snapshots": stream_is_forgotten,
    }
    print(json.dumps({name: look() for name, look in defects.items()}))  # noqa: T201
    lambda_runtime.reset()
    os._exit(0)  # threads of the defects still wait


def ends(wait: int, answer: dict[str, Any]) -> bool:
    """Whether a waiting task, whose function answers so, ends by itself within two seconds."""
    lambda_svc._get_func_record_for_ref = lambda _: ({"config": {}}, {"FunctionName": "f"}, "f")
    lambda_svc._execution_record_for_config = lambda record, _: record
    lambda_svc._execute_function_with_config_scope = lambda *_: answer
    state = {
        "Resource": WAITING,
        "Parameters": {"FunctionName": "f", "Payload": {}},
        "TimeoutSecondsPath": "$.wait",
        "End": True,
    }

    def run() -> None:
        with contextlib.suppress(stepfunctions._ExecutionError):
            stepfunctions._execute_task(state, {"wait": wait}, {"events": []}, {"State": {}})

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(2)
    return not thread.is_alive()


def timeout_by_path_is_ignored() -> bool:
    return not ends(1, {"body": {}})


def failing_function_is_waited_for() -> bool:
    body = {"errorType": "Superseded", "errorMessage": "old"}
    return not ends(60, {"error": True, "body": body})


def function() -> dict[str, Any]:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("m.py", CODE)
    arn = "arn:aws:lambda:us-east-1:000000000000:function:f"
    config = {"FunctionName": "f", "Runtime": "python3.11", "Handler": "m.f", "FunctionArn": arn}
    return {"config": config, "code_zip": archive.getvalue()}


def error_loses_its_class() -> bool:
    answer = lambda_svc._execute_function_warm(function(), {}, "request")
    return bool(answer["body"]["errorType"] != "Superseded")


def every_worker_has_its_own_copy() -> bool:
    worker = next(iter(lambda_runtime._workers.values()))[0]
    return not Path(worker._tmpdir, "code").is_symlink()


def silent_call_waits() -> bool:
    return bool(lambda_runtime.Worker._drain_stderr_bounded.__defaults__[0] > 0.01)


def failed_records_are_taken_for_handled() -> bool:
    answered = {"body": {"batchItemFailures": [{"itemIdentifier": "1"}]}}
    made, lambda_svc._execute_function_warm = lambda_svc._execute_function_warm, None
    lambda_svc._execute_function_warm = lambda *_: answered
    record = {"eventSource": "aws:dynamodb", "dynamodb": {"SequenceNumber": "1"}}
    result = lambda_svc._execute_function(function(), {"Records": [record]})
    lambda_svc._execute_function_warm = made
    return not result.get("error")


def stream_is_forgotten() -> bool:
    return "stream_records" not in dynamodb.get_state()


if __name__ == "__main__":
    main()
