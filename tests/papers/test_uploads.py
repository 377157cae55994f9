from pathlib import Path

import pytest
from django.conf import settings as configured
from django.core.files.uploadhandler import load_handler
from django.test import RequestFactory

from tests.papers import made


@pytest.fixture
def limited(settings, tmp_path) -> Path:
    """An installation that takes files up to 100,000 bytes and writes them here while they come in."""
    settings.MAX_UPLOAD_BYTES = 100_000
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 0
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    return tmp_path


def received(size: int):
    """The file as a page gets it."""
    request = RequestFactory().post("/", {"scan": made.sent(b"x" * size)})
    request.upload_handlers = [load_handler(name, request) for name in configured.FILE_UPLOAD_HANDLERS]
    return request.FILES["scan"]


def test_the_limit_is_the_first_thing_an_upload_meets():
    assert configured.FILE_UPLOAD_HANDLERS[0] == "taawun.papers.uploads.Bounded"


def test_a_file_within_the_limit_comes_whole(limited):
    with received(100_000) as file:
        assert (file.size, len(file.read())) == (100_000, 100_000)


def test_a_file_beyond_the_limit_is_counted_but_not_kept(limited):
    file = received(1_000_000)

    assert (file.name, file.size, file.read()) == ("scan.pdf", 1_000_000, b"")
    assert list(limited.iterdir()) == []
