"""What keeps a stack together: its ports, its processes, and their end."""

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from infra.local import parts, ports
from infra.paths import ROOT

pytestmark = pytest.mark.loopback


@pytest.fixture(autouse=True)
def _own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "REMEMBERED", tmp_path / "ports.json")
    monkeypatch.setattr(parts, "LOGS", tmp_path / "log")


def listening() -> socket.socket:
    server = socket.socket()
    server.bind(("127.0.0.1", 0))
    server.listen()
    return server


def free() -> int:
    with listening() as server:
        return int(server.getsockname()[1])


def test_a_port_in_use_is_said() -> None:
    with listening() as server:
        port = server.getsockname()[1]
        with pytest.raises(ports.PortTaken, match=f"Port {port} is in use"):
            ports.choose(port)


@pytest.mark.parametrize("port", [0, -1, 65536])
def test_what_is_no_port_is_refused(port: int) -> None:
    with pytest.raises(ports.PortTaken):
        ports.choose(port)


def test_all_ports_differ_and_stay_the_same_next_time() -> None:
    portal = free()
    first = ports.choose(portal)
    assert len(set(vars(first).values())) == len(vars(first))
    assert ports.choose(portal) == first


def test_a_neighbour_port_in_use_is_passed_over() -> None:
    portal = free()
    first = ports.choose(portal)
    with socket.socket() as other:
        other.bind(("127.0.0.1", first.cloud))
        other.listen()
        assert ports.choose(portal).cloud != first.cloud


def test_a_broken_memory_of_ports_is_no_fault() -> None:
    ports.REMEMBERED.write_text("{")
    assert ports.choose(free())


def test_a_part_that_ends_is_named() -> None:
    running = parts.Parts()
    part = running.start("The simulator", "infra.local.nothing")
    part.process.wait(20)
    with pytest.raises(parts.Dead, match=r"The simulator has ended by itself \(exit code 1\)"):
        running.check()
    running.stop()
    assert "infra.local.nothing" in part.log.read_text()


def test_a_part_that_does_not_listen_is_killed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(parts, "PATIENCE", 0.2)
    stubborn = "import signal,sys; signal.signal(signal.SIGTERM, signal.SIG_IGN); sys.stdin.read()"
    process = subprocess.Popen(  # noqa: S603 - our own script
        [sys.executable, "-c", stubborn],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    part = parts.Part("It", process, Path(os.devnull))
    with process:
        part.stop()
    # Either the signal came before the handler, or it had to be killed: gone it is.
    assert process.returncode in (-signal.SIGKILL, -signal.SIGTERM)
    assert capsys.readouterr().out in ("", "It does not stop; it is killed\n")


def test_the_leash_ends_with_whoever_holds_it() -> None:
    """The holder is killed with -9; what it started gets SIGTERM by the end of its input."""
    holder = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", HOLDER],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    assert holder.returncode == -signal.SIGKILL
    assert json.loads(holder.stdout.splitlines()[-1]) == {"stopped": True}


# The child shares the pipe of standard output, so `run` returns only when the child has ended.
HOLDER = """
import os, signal, subprocess, sys
code = '''
import json, signal, sys, threading
sys.argv = ["leash", "this"]
import infra.local.leash as leash
done = threading.Event()
signal.signal(signal.SIGTERM, lambda *_: done.set())
leash.runpy.run_module = lambda *_, **__: (print("up", flush=True), done.wait(20))
leash.main()
print(json.dumps({"stopped": done.is_set()}), flush=True)
'''
child = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE)
import time; time.sleep(0.5)
os.kill(os.getpid(), signal.SIGKILL)
"""
