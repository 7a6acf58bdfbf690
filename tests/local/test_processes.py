"""The group of processes, with small real programs in the place of the portal's parts."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from portal.local.demo import _free_port
from portal.local.processes import BEAT, PARTS, WEB, WORKER, Part, PartEnded, Processes
from tests.local.alive import is_alive

SERVER = Part("web", ("-m", "http.server", "--bind", "{host}", "{port}"))
SLEEPER = Part("sleeper", ("-c", "import time; print('asleep', flush=True); time.sleep(600)"))
FAILING = Part("failing", ("-c", "import sys; print('no such table'); sys.exit(3)"))
STUBBORN = Part(
    "stubborn",
    (
        "-c",
        (
            "import signal, subprocess, sys, time\n"
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
            "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])\n"
            "print(child.pid, flush=True)\n"
            "time.sleep(600)"
        ),
    ),
)


def group(folder: Path, *parts: Part) -> Processes:
    return Processes({}, logs=folder / "log", port=_free_port(None), parts=parts)


def test_it_is_ready_when_the_web_answers(tmp_path: Path) -> None:
    with group(tmp_path, SERVER, SLEEPER) as processes:
        processes.wait_until_ready()
        with urllib.request.urlopen(processes.address) as answer:
            assert answer.status == 200
        pids = [process.pid for process in processes.running.values()]
    assert not any(is_alive(pid) for pid in pids)


def test_it_tells_who_died_and_why(tmp_path: Path) -> None:
    with group(tmp_path, SLEEPER, FAILING) as processes, pytest.raises(PartEnded) as told:
        processes.wait()
    assert "failing ended by itself (exit status 3)" in str(told.value)
    assert "no such table" in str(told.value)


def test_waiting_for_readiness_ends_when_a_part_dies(tmp_path: Path) -> None:
    never = Part("web", ("-c", "raise SystemExit('cannot bind')"))
    with group(tmp_path, never) as processes, pytest.raises(PartEnded, match="cannot bind"):
        processes.wait_until_ready()


def test_a_killed_part_can_be_started_again(tmp_path: Path) -> None:
    with group(tmp_path, SERVER, SLEEPER) as processes:
        first = processes.running["sleeper"].pid
        processes.kill("sleeper")
        assert not is_alive(first)
        processes.check()
        processes.start("sleeper")
        assert processes.running["sleeper"].pid != first


def test_what_does_not_listen_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("portal.local.processes.STOP_SECONDS", 0.3)
    processes = group(tmp_path, STUBBORN)
    processes.start()
    log = tmp_path / "log" / "stubborn.log"
    deadline = time.monotonic() + 10
    while not log.read_text() and time.monotonic() < deadline:
        time.sleep(0.02)
    child = int(log.read_text())
    processes.stop()
    deadline = time.monotonic() + 5
    while is_alive(child) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(child)


def test_the_parts_end_when_we_are_killed(tmp_path: Path) -> None:
    program = (
        "import os, pathlib, signal, sys\n"
        "from portal.local.processes import Part, Processes\n"
        "sleeper = Part('sleeper', ('-c', 'import time; time.sleep(600)'))\n"
        "group = Processes({}, logs=pathlib.Path(sys.argv[1]), port=1, parts=(sleeper,))\n"
        "group.start()\n"
        "print(group.running['sleeper'].pid, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    killed = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path)], capture_output=True, check=False
    )
    pid = int(killed.stdout)
    deadline = time.monotonic() + 5
    while is_alive(pid) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not is_alive(pid)


def test_the_next_port_is_taken_when_one_is_in_use() -> None:
    first = _free_port(None)
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert _free_port(None) > first


def test_the_portal_has_these_parts() -> None:
    assert PARTS == (WEB, WORKER, BEAT)
    command = WEB.command("python", host="0.0.0.0", port=8000, run="/tmp")
    assert command[:3] == ["python", "-m", "granian"]
    assert os.path.basename(BEAT.command("python", host="", port=0, run="/x")[-1]) == "beat"
