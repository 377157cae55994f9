"""The supervisor: what dies starts again, what is stopped is gone."""

import os
import select
import signal
import subprocess
import sys

import pytest

from taawun.foundation.supervisor import Part, PartFailed, Stopped, Supervisor, start_process

WAITS_FOR_TERM = (
    "import signal, sys; signal.signal(15, lambda *_: sys.exit()); print(flush=True); signal.pause()"
)
DEAF = "import signal; signal.signal(15, signal.SIG_IGN); print(flush=True); signal.pause()"


def python(code: str, **options) -> subprocess.Popen:
    return start_process([sys.executable, "-c", code], death_signal=signal.SIGKILL, **options)


def all_ended(reader: int, seconds: float = 10) -> bool:
    """Whether every process that held the other end of the pipe has ended."""
    return bool(select.select([reader], [], [], seconds)[0]) and os.read(reader, 1) == b""


@pytest.fixture
def pipe():
    """A pipe that tells by its end that all processes which inherited it are gone."""
    reader, writer = os.pipe()
    os.set_inheritable(writer, True)
    yield reader, writer
    os.close(reader)


def test_a_part_that_dies_starts_again_after_ever_longer_pauses():
    said, starts = [], []

    def start():
        starts.append(1)
        if len(starts) == 4:
            os.kill(os.getpid(), signal.SIGTERM)
        return python("raise SystemExit(3)")

    with Supervisor(said.append) as supervisor:
        supervisor.start(Part("engine", start))
        with pytest.raises(Stopped):
            supervisor.watch()

    assert said[:3] == [
        "The engine ended (code 3); it starts again in 0.1 s.",
        "The engine ended (code 3); it starts again in 0.2 s.",
        "The engine ended (code 3); it starts again in 0.4 s.",
    ]


def test_parts_are_stopped_the_last_started_first(tmp_path):
    order = tmp_path / "order"
    code = (
        "import signal, sys, pathlib\n"
        "def end(*_):\n    open(sys.argv[1], 'a').write(sys.argv[2]); sys.exit()\n"
        "signal.signal(15, end)\nprint(flush=True)\nsignal.pause()"
    )

    def part(name: str) -> Part:
        arguments = [sys.executable, "-c", code, str(order), name]
        return Part(name, lambda: start_process(arguments, death_signal=9, stdout=subprocess.PIPE))

    with Supervisor() as supervisor:
        for name in "abc":
            supervisor.start(part(name))
        for started in supervisor.parts:
            started.process.stdout.readline()
            started.process.stdout.close()

    assert order.read_text() == "cba"


def test_a_part_that_does_not_listen_is_killed():
    part = Part("deaf", lambda: python(DEAF, stdout=subprocess.PIPE), patience=0.1)

    with Supervisor() as supervisor:
        supervisor.start(part)
        part.process.stdout.readline()
        part.process.stdout.close()

    assert part.process.returncode == -signal.SIGKILL


def test_what_a_dead_part_left_in_its_group_is_killed_too(pipe):
    reader, writer = pipe
    command = ["sh", "-c", "sleep 60 & exit 1"]
    part = Part("careless", lambda: start_process(command, death_signal=9, pass_fds=[writer]))

    with Supervisor() as supervisor, pytest.raises(PartFailed):
        supervisor.run_once(part)
    os.close(writer)

    assert all_ended(reader)


def test_waiting_for_something_ends_as_soon_as_the_part_it_hangs_on_has_ended():
    part = Part("short", lambda: python("raise SystemExit(4)"))

    with Supervisor() as supervisor:
        supervisor.start(part)
        with pytest.raises(PartFailed) as failed:
            supervisor.wait_for(lambda: False, needed=part, seconds=30)

    assert failed.value.code == 4


def test_waiting_for_something_that_never_comes_ends():
    part = Part("idle", lambda: python(WAITS_FOR_TERM))

    with Supervisor() as supervisor:
        supervisor.start(part)

        assert supervisor.wait_for(lambda: False, needed=part, seconds=0.05) is False


def test_children_end_when_their_parent_is_killed(pipe):
    reader, writer = pipe
    code = (
        "import signal, sys\n"
        "from taawun.foundation.supervisor import start_process\n"
        "start_process(['sleep', '60'], death_signal=9, pass_fds=[int(sys.argv[1])])\n"
        "print('started', flush=True)\nsignal.pause()"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", code, str(writer)], pass_fds=[writer], stdout=subprocess.PIPE
    )
    parent.stdout.readline()
    parent.stdout.close()
    os.close(writer)

    parent.kill()
    parent.wait()

    assert all_ended(reader)


def test_handlers_are_as_before_when_the_supervisor_is_done():
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)]

    with Supervisor():
        pass

    assert [signal.getsignal(n) for n in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)] == before
