"""Measuring pages: server time, SQL statements and their plans, bytes as transferred, requests of a first visit."""

import gzip
import re
import statistics
import time
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.texts import word
from taawun.cycle.models import Operation
from taawun.cycle.queries import operations_visible_to
from taawun.workspace.demo import cast

ROUNDS = 80
BIG = 10_000
ASSET = re.compile(rb'(?:href|src)="(/static/[^"#]+)')
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def wanted() -> list[tuple[str, str, str]]:
    """Name, person, address of each page measured; the baseline first."""
    seen = operations_visible_to(cast.user("desk")).order_by("-pk").first()
    own = Operation.objects.order_by("pk").first()
    assert seen
    assert own
    return [
        ("baseline: plain ListView", "desk", "/plain/"),
        ("desk, officer of a post", "post-officer", "/desk/"),
        ("desk, desk officer", "desk", "/desk/"),
        ("operations, desk officer", "desk", "/operations/"),
        ("operations, searched", "desk", "/operations/?q=MM-2026-PRJ-0001-42"),
        ("operations, by state, page 9", "desk", "/operations/?state=in_implementation&page=9"),
        ("operations, country office", "mm-office", "/operations/"),
        ("requests, desk officer", "desk", "/requests/"),
        ("operation, desk officer", "desk", f"/operations/{seen.pk}/"),
        ("operation, own, post officer", "post-officer", f"/operations/{own.pk}/"),
        ("design (PDM)", "desk", f"/operations/{own.pk}/design/"),
        ("plan of operation", "desk", f"/operations/{own.pk}/plan/"),
        ("monitoring", "desk", f"/operations/{own.pk}/monitoring/"),
        ("lessons", "desk", "/lessons/"),
        ("agreements, desk officer", "desk", "/agreements/"),
        ("agreements, expiring, by end", "desk", "/agreements/?expires=12&sort=expires"),
        ("country", "desk", "/countries/BO/"),
        ("country, country office", "mm-office", "/countries/MM/"),
        ("countries, map and list", "desk", "/countries/"),
        ("search, a rare word", "desk", f"/search/?q={word(9000)}"),
        ("search, two words", "desk", f"/search/?q={word(60)}+{word(700)}"),
        ("search, a common word", "desk", f"/search/?q={word(20)}"),
        ("search, the commonest word", "desk", f"/search/?q={word(0)}"),
        ("search, a slip", "desk", f"/search/?q={word(9000)[:-1]}x"),
        ("search, another country", "la-officer", f"/search/?q={word(20)}"),
        ("agreements, searched", "desk", "/agreements/?q=MM-2026-PRJ-0001-42"),
    ]


def measure(only: str = "") -> tuple[list[dict[str, Any]], list[str]]:
    """A row for each page (with `only` in its name; the baseline always), and the sequential scans over large tables.

    The pages take turns, so that a machine that is slow for a while is slow for the baseline too.
    """
    notes: list[str] = []
    big = _big_tables()
    first, *others = wanted()
    pages = [first, *(page for page in others if only in page[0])]
    clients = [_client(slug) for _, slug, _ in pages]
    weights = []
    for (name, _, path), client in zip(pages, clients, strict=True):
        weight, scans = _page(client, path, big)
        weights.append(weight)
        notes += [f"sequential scan over {table}: {name}" for table in sorted(scans)]
    times: list[list[float]] = [[] for _ in pages]
    for _ in range(ROUNDS):
        for (_, _, path), client, taken in zip(pages, clients, times, strict=True):
            taken.append(_timed(client, path))
    plain = statistics.median(times[0])
    rows = [
        {"name": name} | _spread(taken, plain) | weight
        for (name, _, _), taken, weight in zip(pages, times, weights, strict=True)
    ]
    return rows, notes or ["no sequential scan over a table of 10,000 rows or more"]


def _spread(taken: list[float], plain: float) -> dict[str, Any]:
    middle = statistics.median(taken)
    late = statistics.quantiles(taken, n=20)[-1]
    return {"p50_ms": round(middle, 2), "p95_ms": round(late, 2), "ratio": round(middle / plain, 2)}


def _client(slug: str) -> Client:
    client = Client(HTTP_ACCEPT_ENCODING="gzip", SERVER_NAME="localhost")
    client.force_login(cast.user(slug), backend=BACKEND)
    return client


def _timed(client: Client, path: str) -> float:
    begun = time.perf_counter()
    client.get(path)
    return (time.perf_counter() - begun) * 1000


def _page(client: Client, path: str, big: set[str]) -> tuple[dict[str, Any], set[str]]:
    """What one answer weighs and asks of the database, once warm."""
    for _ in range(3):
        answer = client.get(path)
    assert answer.status_code == 200, (path, answer.status_code)
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
    queries = list(asked.captured_queries)  # the next request clears the log
    body = answer.content
    page = gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body
    row = {"sql": len(queries), "bytes": len(body), "requests": 1 + len(set(ASSET.findall(page)))}
    return row, _scans(queries, big)


def first_visit(page: bytes) -> int:
    """Bytes of what a page brings with it, compressed."""
    paths = {path.decode().removeprefix("/static/") for path in ASSET.findall(page)}
    return sum(len(gzip.compress(open(finders.find(path), "rb").read(), 6)) for path in paths)


def _big_tables() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND reltuples >= %s", [BIG])
        return {name for (name,) in cursor.fetchall()}


def _scans(queries: list[dict[str, str]], big: set[str]) -> set[str]:
    found: set[str] = set()
    with connection.cursor() as cursor:
        for query in queries:
            if query["sql"].startswith("SELECT"):
                cursor.execute("EXPLAIN " + query["sql"].replace("%", "%%"))
                plan = "\n".join(line for (line,) in cursor.fetchall())
                found |= {t for t in re.findall(r"Seq Scan on (\w+)", plan) if t in big}
    return found
