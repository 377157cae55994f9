"""The rules of the house, held by tests rather than by memory."""

import ast
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver, reverse

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def told(path, *what):
    return ": ".join([path.relative_to(ROOT).as_posix(), *what])


def files(pattern, without=()):
    return [path for path in sorted(SOURCE.rglob(pattern)) if not set(without) & set(path.parts)]


def tracked_files():
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listing.returncode:
        pytest.skip("This is no git checkout: nobody says which files belong to it.")
    return [ROOT / name for name in listing.stdout.split("\0") if name and (ROOT / name).is_file()]


# ── Models and migrations ──


def our_apps():
    return [config for config in apps.get_app_configs() if config.name.startswith("taawun.")]


def floors(layers):
    """How high each room stands: the last line of the contract is the ground."""
    rooms = [re.findall(r"\w+", line) for line in layers]
    return {room: height for height, line in enumerate(reversed(rooms)) for room in line}


FLOORS = floors(PROJECT["tool"]["importlinter"]["contracts"][0]["layers"])


def room(model):
    return model._meta.app_config.name.split(".")[1]


def our_relations():
    """Every field of ours that leads to a model of ours in another room, hidden link tables included."""
    models = [model for config in our_apps() for model in config.get_models(include_auto_created=True)]
    fields = [field for model in models for field in model._meta.get_fields() if field.concrete]
    for field in fields:
        target = field.related_model if field.is_relation else None
        if target and target._meta.app_config in our_apps() and room(target) != room(field.model):
            yield field, room(field.model), room(target)


@pytest.mark.django_db
def test_no_migration_is_pending():
    call_command("makemigrations", *(config.label for config in our_apps()), check_changes=True, dry_run=True)


def test_migrations_are_linear_and_named_for_their_effect():
    loader = MigrationLoader(None)
    ours = {config.label for config in our_apps()}
    names = [name for label, name in loader.disk_migrations if label in ours]

    assert loader.detect_conflicts() == {}
    assert [name for name in names if re.search(r"_(auto|initial$|merge|alter_field)", name)] == []


def test_the_floors_are_read_from_the_contract():
    assert FLOORS["kernel"] == 0
    assert FLOORS["lessons"] == FLOORS["meetings"]
    assert FLOORS["foundation"] < FLOORS["cycle"] < FLOORS["planning"] < FLOORS["config"]


def test_foreign_keys_point_down():
    relations = list(our_relations())

    upward = [str(field) for field, here, there in relations if FLOORS[there] >= FLOORS[here]]

    assert upward == []
    assert relations != []


# Where a lower room may ask its row for the higher one's, and why.
SEEN_FROM_BELOW = {"directory.Person.user": "whom a sign-in stands for"}


def test_no_lower_room_sees_the_rows_of_a_higher_one():
    """Across floors there is no way back from the row pointed to (related_name="+"): the higher room asks."""
    seen = {str(field) for field, _, _ in our_relations() if not field.remote_field.hidden}

    assert sorted(seen ^ SEEN_FROM_BELOW.keys()) == []


def test_no_two_versions_of_a_file_were_left_in_it():
    """What a merge could not settle by itself was settled by hand."""
    folders = [ROOT / name for name in ("src", "tests", "docs", "bench", "tools")]
    files = [path for folder in folders for path in folder.rglob("*") if path.suffix in READ]
    marks = tuple(sign * 7 + " " for sign in "<>")

    left = [told(path) for path in files for line in lines_of(path) if line.startswith(marks)]

    assert left == []
    assert len(files) > 500


READ = {".py", ".html", ".css", ".js", ".md", ".toml", ".po", ".txt"}


def lines_of(path):
    """The lines of a file that is read by people."""
    return path.read_text(encoding="utf-8").splitlines()


# ── Addresses ──

# Addresses of the interface for programs: a token opens them, and no session (tests/api).
INTERFACE = (
    *(
        "requests",
        "request",
        "operations",
        "operation",
        "agreements",
        "agreement",
        "evaluations",
        "evaluation",
    ),
    *("lessons", "lesson", "organisations", "organisation", "published", "published-activity"),
    *("figures", "figure", "lists", "list", "entries", "search"),
)
# What a visitor who has not signed in may open, and why.
PUBLIC = {
    "home": "greets the visitor and leads to sign-in",
    "set_language": "the visitor chooses a language",
    "demo-sign-in": "the sign-in links of a demonstration; refused elsewhere",
    "calendar-feed": "a calendar program reads at a secret address; a wrong one is not there",
    "account_login": "signing in",
    "account_logout": "signing out; a visitor is sent home",
    "account_signup": "says that accounts are given by the agency",
    "account_inactive": "says why an account is closed",
    "account_reset_password": "asks for a new password",
    "account_reset_password_done": "says that a mail is on its way",
    "account_reset_password_from_key": "takes the new password",
    "account_reset_password_from_key_done": "says that it is set",
    "api:about": "tells what programs may read, and nothing of anybody",
    "api:openapi": "the same for programs",
    "api:nothing": "addresses that are none",
    **{f"api:{name}": "answers 401 without a token" for name in INTERFACE},
    "papers:check-form": "asks for the code of a document",
    "papers:check": "says whether a paper was made here, and nothing of its case",
}
SAMPLES = {"IntConverter": 1, "UUIDConverter": "00000000-0000-4000-8000-000000000000"}


def addresses(resolver, namespace="", given=()):
    """(name, arguments that fit) of every address under a resolver."""
    for entry in resolver.url_patterns:
        route = entry.pattern
        named = {name: SAMPLES.get(type(one).__name__, "x") for name, one in route.converters.items()}
        named |= dict.fromkeys(getattr(route, "regex", re.compile("")).groupindex, "x") if not named else {}
        arguments = {**dict(given), **named}
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from addresses(entry, inner, arguments.items())
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", arguments


@pytest.fixture(scope="module")
def all_addresses():
    return dict(addresses(get_resolver()))


def is_sent_to_sign_in(response):
    return response.status_code == 302 and response["Location"].startswith(reverse(settings.LOGIN_URL))


def is_closed(client, address):
    """Whether a visitor is sent to sign in, be it for reading or for sending; the other may not exist at all."""
    answers = [client.get(address), client.post(address)]
    sent = [is_sent_to_sign_in(answer) for answer in answers]
    return any(sent) and all(
        one or answer.status_code == 405 for one, answer in zip(sent, answers, strict=True)
    )


@pytest.mark.django_db
def test_every_address_sends_an_anonymous_visitor_to_sign_in_or_is_public(client, all_addresses):
    closed = [
        (name, reverse(name, kwargs=all_addresses[name])) for name in all_addresses.keys() - PUBLIC.keys()
    ]

    assert sorted(name for name, address in closed if not is_closed(client, address)) == []
    assert len(closed) > len(PUBLIC)


def test_every_address_has_a_name(all_addresses):
    assert [name for name in all_addresses if name.endswith("None")] == []


@pytest.mark.django_db
def test_the_public_list_names_nothing_that_is_gone_or_closed(client, all_addresses):
    assert sorted(PUBLIC.keys() - all_addresses.keys()) == []

    opened = [(name, reverse(name, kwargs=all_addresses[name])) for name in PUBLIC]
    assert [name for name, address in opened if is_closed(client, address)] == []


def test_nobody_changes_or_confirms_the_address_they_sign_in_with(all_addresses):
    assert {name for name in all_addresses if "email" in name or "code" in name} == set()


# ── Code and templates ──

QUERIES = {"filter", "exclude", "objects", "annotate", "aggregate", "raw"}


def queries_in(source):
    """The lines of a file that ask the database themselves."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Attribute))
    return sorted(f"line {node.lineno}, {node.attr}" for node in nodes if node.attr in QUERIES)


INLINE = re.compile(
    r"\sstyle\s*=\s*[\"'{]|<style\b|<script\b(?![^>]*\bsrc\s*=)"
    r"|\son(?:click|change|input|submit|load|error|focus|blur|key\w+|mouse\w+)\s*=|href\s*=\s*[\"']javascript:",
    re.IGNORECASE,
)
PHYSICAL = re.compile(
    r"(?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![\w-])(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


def without_comments(css):
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def test_every_python_file_compiles():
    for path in files("*.py"):
        compile(path.read_text(encoding="utf-8"), str(path), "exec")


def test_views_ask_no_database():
    views = [
        path
        for path in files("*.py")
        if path.stem == "views" or path.stem.endswith("_views") or path.parent.name == "views"
    ]

    asking = [told(path, line) for path in views for line in queries_in(path.read_text(encoding="utf-8"))]

    assert asking == []
    assert views != []


def shown_by(path):
    """What a file may put on a page: a template whole, of Python its texts (what it reads is bytes)."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        return text
    constants = (node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant))
    return "\n".join(value for value in constants if isinstance(value, str))


def test_no_page_holds_inline_style_or_script():
    pages = [*files("*.html"), *files("*.py"), *files("*.svg", without=["vendor"])]

    inline = [told(path, *found) for path in pages if (found := INLINE.findall(shown_by(path)))]

    assert inline == []


def test_our_css_knows_no_left_and_right():
    sheets = files("*.css", without=["vendor"])

    physical = [
        told(path, *PHYSICAL.findall(without_comments(path.read_text(encoding="utf-8")))) for path in sheets
    ]

    assert physical == [told(path) for path in sheets]
    assert sheets != []


@pytest.mark.parametrize(
    ("page", "is_inline"),
    [
        ('<p style="color: red">', True),
        ("<p style={{ colour }}>", True),
        ("<style>p { color: red }</style>", True),
        ("<script>alert(1)</script>", True),
        ('<script type="module">', True),
        ("<button onclick='go()'>", True),
        ('<a href="javascript:go()">', True),
        ('<script src="{% static "ui/autosave.js" %}" defer></script>', False),
        ('{% include "ui/_field.html" with one=1 on=2 only %}', False),
        ('<p class="style" data-style="x">', False),
    ],
)
def test_inline_style_and_script_are_recognised(page, is_inline):
    assert bool(INLINE.search(page)) is is_inline


def test_a_cell_with_its_own_heading_keeps_the_direction_of_the_page():
    """On a phone the heading stands inside the cell: a text that may run the other way is a span of its own."""
    turned = re.compile(r"<td[^>]*data-l=[^>]*\bdir=")

    assert [told(path) for path in files("*.html") if turned.search(shown_by(path))] == []
    assert turned.search("""<td data-l="{% translate 'Yours' %}" dir="auto">""")


@pytest.mark.parametrize(
    ("css", "is_physical"),
    [
        ("p { margin-left: 1em }", True),
        ("p { border-top-right-radius: 0 }", True),
        ("p { left: 0 }", True),
        ("p{right:0}", True),
        ("p { text-align: right }", True),
        ("p { float:left }", True),
        ("p { margin-inline-start: 1em; text-align: start; inset-inline-end: 0 }", False),
        ("p { background-position: right; --left: 0 }", False),
        ("/* margin-left: 0 */ p { padding-block: 0 }", False),
    ],
)
def test_physical_properties_are_recognised(css, is_physical):
    assert bool(PHYSICAL.search(without_comments(css))) is is_physical


def test_queries_are_recognised():
    source = "def page(request):\n    return Request.objects.filter(pk=1), requests_visible_to(request.user).get(pk=1)"

    assert queries_in(source) == ["line 2, filter", "line 2, objects"]


# ── The repository ──


def test_decisions_are_numbered_once():
    decisions = sorted((ROOT / "docs" / "adr").glob("*.md"))
    numbers = [path.name[:5] for path in decisions]
    headings = {path: path.read_text(encoding="utf-8").partition("\n")[0] for path in decisions}
    headed = {path: re.match(r"# (?:ADR )?0*(\d+)\b", heading) for path, heading in headings.items()}

    assert [number for number in numbers if not re.fullmatch(r"\d{4}-", number)] == []
    assert [number for number in numbers if numbers.count(number) > 1] == []
    assert [
        told(path) for path, number in headed.items() if number and int(number[1]) != int(path.name[:4])
    ] == []


def test_the_requirements_name_no_address():
    requirements = sorted((ROOT / "requirements").glob("*"))

    assert [told(path) for path in requirements if "://" in path.read_text(encoding="utf-8")] == []
    assert requirements != []


def test_no_file_names_a_package_registry_or_a_place_on_this_machine():
    # Put together here, so that this file does not name them.
    hosts = [
        ".".join(parts) for parts in (("pypi", "org"), ("pythonhosted", "org"), ("registry", "npmjs", "org"))
    ]
    places = {str(ROOT), *(str(path) for path in ROOT.parent.iterdir())}
    named = re.compile(
        "|".join([*map(re.escape, hosts), *(rf"(?<![\w.]){re.escape(place)}\b" for place in places)])
    )
    texts = ((path, path.read_bytes().decode("utf-8", errors="replace")) for path in tracked_files())

    assert [told(path, *set(found)) for path, text in texts if (found := named.findall(text))] == []
