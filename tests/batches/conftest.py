import pytest

from taawun.batches import definitions
from tests.batches import made


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of a test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture(autouse=True)
def sheets_of_the_tests():
    """Two sheets: one that adds and changes, one whose template is filled with what is there."""
    for each in (made.SHEET, made.CHANGES):
        definitions.define(each)
    yield
    for each in (made.SHEET, made.CHANGES):
        definitions.forget(each.slug)
