"""The pages of long work: one's own alone, how far it is, what was left out and why, cancelled and gone on with."""

import pytest
from tests.factories import who

from taawun.foundation import work, working
from taawun.foundation.work import begin, done, failed, job_kind, skipped

pytestmark = pytest.mark.usefixtures("world")
KIND = "test-pages"
KEY = "1b6bd6a4-52d1-4d94-8c06-7d3f6f8ff001"


@pytest.fixture(autouse=True)
def _a_kind_of_work():
    outcomes = {"a": done("/desk/"), "b": skipped("Not yet <signed>."), "c": failed("No address.")}
    job_kind(KIND, label="Covering letters", finish=lambda job: work.Result("/desk/?all", "All of them"))(
        lambda job, item: outcomes.get(item.key, done())
    )
    yield
    work.forget(KIND)


@pytest.fixture
def desk(client):
    client.force_login(who("desk"))
    return client


def begun(*keys, actor="desk"):
    return begin(KIND, actor=who(actor), title="Letters of round 3", items=keys or ("a", "b", "c"))


def read(client, job):
    page = client.get(job.get_absolute_url())
    assert page.status_code == 200
    return page.content.decode()


def test_whoever_began_nothing_is_told_so(desk):
    page = desk.get("/jobs/")

    assert "You have begun no long work yet." in page.content.decode()


def test_the_list_shows_ones_own_jobs_and_nobody_elses(desk):
    mine, _others = begun(), begun(actor="knowledge")

    rows = desk.get("/jobs/").context["list"].rows

    assert [mine.get_absolute_url() in str(row[0].html) for row in rows] == [True]


@pytest.mark.parametrize("slug", ["knowledge", "jica-admin", "la-officer"])
def test_anothers_job_is_not_there(client, slug):
    job = begun()
    client.force_login(who(slug))
    address = job.get_absolute_url()

    answers = [client.get(address), client.post(f"{address}cancel/"), client.post(f"{address}go-on/")]

    assert [answer.status_code for answer in answers] == [404, 404, 404]
    job.refresh_from_db()
    assert job.stage == "waiting"


def test_while_it_runs_the_page_renews_itself_unless_asked_not_to(desk):
    job = begun()

    text, still = read(desk, job), desk.get(f"{job.get_absolute_url()}?still").content.decode()

    assert '<noscript><meta http-equiv="refresh" content="10"></noscript>' in text
    assert "ui/job.js" in text
    assert ("http-equiv" in still, "ui/job.js" in still) == (False, False)
    assert "Renew it by itself" in still


def test_when_it_has_ended_it_shows_what_became_of_each_item_and_the_result(desk):
    job = begun()
    working.run(job.pk)

    page = desk.get(job.get_absolute_url())
    text = page.content.decode()

    assert [str(row[1].html) for row in page.context["list"].rows] == ['<a href="/desk/">a</a>', "b", "c"]
    assert "Not yet &lt;signed&gt;." in text
    assert 'href="/desk/?all"' in text
    assert "http-equiv" not in text


def test_what_was_skipped_can_be_looked_at_alone(desk):
    job = begun()
    working.run(job.pk)

    rows = desk.get(f"{job.get_absolute_url()}?state=skipped").context["list"].rows

    assert [str(row[1].html) for row in rows] == ["b"]


def test_a_job_is_cancelled_on_its_page_and_the_form_sent_twice_does_it_once(desk):
    job = begun()
    address = f"{job.get_absolute_url()}cancel/"

    answers = [desk.post(address, {"once": KEY}) for _ in range(2)]

    assert [(a.status_code, a["Location"]) for a in answers] == [(302, job.get_absolute_url())] * 2
    assert "Cancelled" in read(desk, job)


def test_what_has_ended_cannot_be_cancelled_and_says_so(desk):
    job = begun("x")
    working.run(job.pk)

    answer = desk.post(f"{job.get_absolute_url()}cancel/", {"once": KEY})

    assert answer.status_code == 409
    assert "This job has ended: there is nothing left to cancel." in answer.content.decode()


def test_what_was_left_is_gone_on_with_and_what_is_done_is_not_done_again(desk):
    job = begun()
    working.run(job.pk)
    assert "Go on with the 1 item that is left" in read(desk, job)

    answer = desk.post(f"{job.get_absolute_url()}go-on/", {"once": KEY})
    job.refresh_from_db()
    left = [item.key for item in job.items.filter(state="waiting")]

    assert (answer.status_code, job.stage, job.failed, left) == (302, "waiting", 0, ["c"])
    working.run(job.pk)
    job.refresh_from_db()
    assert (job.stage, job.done, job.skipped, job.failed) == ("done", 1, 1, 1)


def test_where_nothing_is_left_there_is_nothing_to_go_on_with(desk):
    job = begun("x")
    working.run(job.pk)

    answer = desk.post(f"{job.get_absolute_url()}go-on/", {"once": KEY})

    assert answer.status_code == 409
    assert "Go on with" not in read(desk, job)


def test_of_a_thousand_items_the_page_asks_as_little_as_of_three(desk, django_assert_max_num_queries):
    few, many = begun(), begun(*(str(n) for n in range(1000)))
    working.run(few.pk)
    for job in (few, many):
        with django_assert_max_num_queries(9):
            read(desk, job)
    with django_assert_max_num_queries(6):
        assert desk.get("/jobs/").status_code == 200


def test_every_page_leads_to_ones_jobs(desk):
    assert 'href="/jobs/"' in desk.get("/desk/").content.decode()
