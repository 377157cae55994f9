import pytest


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of a test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT
