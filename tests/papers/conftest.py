import pytest

from taawun.foundation.models import User


@pytest.fixture(autouse=True)
def files_folder(settings, tmp_path):
    """Files of a test go into a folder of its own."""
    settings.MEDIA_ROOT = tmp_path / "files"
    return settings.MEDIA_ROOT


@pytest.fixture
def officer(db):
    """Somebody who sends files."""
    return User.objects.create_user("officer@example.org", display_name="Officer")


@pytest.fixture
def colleague(db):
    """Somebody else."""
    return User.objects.create_user("colleague@example.org", display_name="Colleague")
