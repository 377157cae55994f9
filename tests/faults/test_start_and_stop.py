"""Parts of the running program are killed; it is stopped in every way. It comes back; it leaves nothing."""

import json
import os
import signal
import socket

import pytest
from tests import database
from tests.program import Program, children, lives, wait_until

pytestmark = pytest.mark.faults


@pytest.fixture(scope="module")
def var():
    """A folder as a demo left it, without its world."""
    with database.copy("bare") as folder:
        yield folder


@pytest.fixture
def var_of_its_own():
    with database.copy("bare") as folder:
        yield folder


@pytest.fixture(scope="module")
def running(var):
    with Program(var) as program:
        yield program


@pytest.mark.parametrize("part", ["database", "web", "worker"])
def test_a_killed_part_starts_again_by_itself(running, part):
    killed = running.find(part)

    os.kill(killed, signal.SIGKILL)

    assert wait_until(lambda: not lives(killed) and running.find(part))
    assert wait_until(lambda: running.status("/account/login/") == 200)


def test_what_belonged_to_a_killed_web_server_does_not_hold_the_port(running):
    web = running.find("web")
    serving = children(web)

    os.kill(web, signal.SIGKILL)

    assert wait_until(lambda: not any(map(lives, serving)))
    assert wait_until(lambda: running.status() == 200)


def test_a_killed_serving_process_is_replaced(running):
    web = running.find("web")
    killed = children(web)[0]

    os.kill(killed, signal.SIGKILL)

    assert wait_until(lambda: killed not in children(web) and len(children(web)) == 2)
    assert running.status() == 200


def test_idle_connections_do_not_keep_others_waiting(running):
    """Browsers open connections ahead of need, six each: here are those of seven."""
    idle = [socket.create_connection(("127.0.0.1", running.port)) for _ in range(42)]

    status = running.status(seconds=4)

    for connection in idle:
        connection.close()
    assert status == 200


def test_the_same_folder_is_not_started_twice(running, var):
    with Program(var) as second:
        code = second.process.wait(60)

    assert code == 1
    assert second.said == [
        f"Taawun already runs from this folder at {running.address} (process {running.process.pid}). "
        "Stop it there with Ctrl-C."
    ]


def test_a_taken_port_is_said(running, tmp_path):
    with Program(tmp_path, running.port) as second:
        code = second.process.wait(60)

    assert code == 1
    assert second.said[0].startswith(f"Port {running.port} cannot be used")


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_leaves_nothing_running_and_starts_again(var_of_its_own, number):
    with Program(var_of_its_own, ignoring_interrupts=True) as program:
        everyone = program.everyone()
        socket_folder = (var_of_its_own / "postgres.socket").read_text()

        program.process.send_signal(number)
        code = program.process.wait(60)

    assert code == 0
    assert [pid for pid in everyone if lives(pid)] == []
    assert not os.path.exists(socket_folder)
    with Program(var_of_its_own, program.port) as again:
        assert again.status() == 200


def test_everyone_ends_when_the_supervisor_is_killed_and_the_next_start_succeeds(var_of_its_own):
    with Program(var_of_its_own) as program:
        everyone = program.everyone()

        program.process.kill()

        assert wait_until(lambda: not any(map(lives, everyone)))
    with Program(var_of_its_own, program.port) as again:
        assert again.status() == 200


def test_two_folders_run_beside_each_other(running, var_of_its_own):
    with Program(var_of_its_own) as second:
        assert (running.status(), second.status()) == (200, 200)


def test_a_start_that_fails_says_why_and_leaves_nothing(var_of_its_own):
    (var_of_its_own / "postgres" / "PG_VERSION").write_text("9")

    with Program(var_of_its_own) as program:
        code = program.process.wait(60)

    assert code == 1
    assert any("The database failed" in line for line in program.said)


def test_nothing_is_prepared_again_when_nothing_changed(var_of_its_own):
    with Program(var_of_its_own) as program:
        pass

    assert [line for line in program.said if line.startswith("Preparing")] == []


def test_the_secret_and_the_note_are_for_the_owner_alone(running, var):
    modes = [(var / name).stat().st_mode & 0o777 for name in ("secret", "run/demo.json")]

    assert modes == [0o600, 0o600]
    assert json.loads((var / "run" / "demo.json").read_text())["address"] == running.address
