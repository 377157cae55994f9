"""Taking over while another connection reads a file: nobody waits for it."""

import psycopg
import pytest
from django.db import connection
from django.test import Client

from taawun.cycle.models import Operation
from taawun.interchange.actions import take_in
from taawun.interchange.actions.shared import LOCK
from taawun.interchange.models import PublishedActivity
from taawun.interchange.sources import file_source
from taawun.workspace.demo.cast import user
from tests.interchange.made import xml_file
from tests.interchange.test_taking_over_pages import posted

BUSY = (
    "Un fichier d’activités publiées est en cours de lecture ou d’application\N{NO-BREAK SPACE}: "
    "réessayez dans quelques minutes."
)


@pytest.mark.slow
def test_while_a_file_is_read_the_page_answers_at_once_in_the_readers_language(committed_world, tmp_path):
    path = xml_file(tmp_path / "made.xml", 1)
    take_in(file_source(path), actor=user("jica-admin"))
    address = f"/published/{PublishedActivity.objects.get().pk}/take-over/"
    desk = Client()
    desk.force_login(user("desk"))
    desk.cookies["taawun_language"] = "fr"

    with psycopg.connect(committed_world) as reading, connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '5s'")  # whoever did wait is told so, not left standing
        reading.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
        refused = desk.post(address, posted())
        assert (refused.status_code, [str(one) for one in refused.context["obstacles"]]) == (409, [BUSY])
        assert not Operation.objects.exists()

    done = desk.post(address, posted())
    assert done.url == Operation.objects.get().get_absolute_url()
