"""A load that is killed in the middle leaves nothing behind: it is one transaction."""

import os
import signal
import subprocess
import sys

import pytest

from taawun.foundation.models import AuditEvent
from taawun.interchange.actions import take_in
from taawun.interchange.models import Feed, Load, LoadEntry, PublishedActivity, PublishedAmount
from taawun.interchange.sources import file_source
from tests.interchange.made import xml_file

TABLES = (Feed, Load, LoadEntry, PublishedActivity, PublishedAmount)


def held():
    return [table.objects.count() for table in TABLES]


@pytest.mark.slow
def test_a_killed_load_leaves_nothing_and_the_file_can_be_taken_in_after(committed_world, tmp_path):
    path = xml_file(tmp_path / "long.xml", *range(1, 3001))
    before, events = held(), AuditEvent.objects.count()
    command = [sys.executable, "-m", "taawun", "iati", "import", str(path)]
    environment = os.environ | {"DATABASE_URL": committed_world, "TAAWUN_TESTING": "1"}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as loading:
        first = loading.stderr.readline().decode()
        loading.send_signal(signal.SIGKILL)

    assert (first, loading.returncode) == ("long.xml: 200 activities read\n", -signal.SIGKILL)
    assert held() == before
    assert AuditEvent.objects.count() == events
    assert take_in(file_source(path), actor=None).counts == {"added": 3000}
