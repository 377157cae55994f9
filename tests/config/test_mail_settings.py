"""How mail leaves is told to whoever sets up a server."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_every_setting_of_mail_is_described():
    settings = (ROOT / "src/taawun/config/settings.py").read_text()
    told = (ROOT / "docs/how-to/start.md").read_text()

    read = set(re.findall(r"TAAWUN_SMTP_[A-Z]+|TAAWUN_FROM", settings))

    assert len(read) == 6
    assert read - set(re.findall(r"`(TAAWUN_[A-Z_]+)`", told)) == set()
