"""The organisations and people of the demonstration.

The organisations of the postal project are those of its published pages (docs/explanation/demo.md); every other
body, and every person, is an example: people appear by role, nobody real is named.
"""

from dataclasses import dataclass, replace
from datetime import date

from taawun.cycle import presets
from taawun.cycle.models import ExPostType, Round
from taawun.directory.models import Organisation, OrganisationKind as K, Person, Post
from taawun.directory.roles import Role
from taawun.foundation.models import User
from taawun.governance.actions import make_version
from taawun.governance.terms import terms_of_preset

LONG_AGO = date(2010, 1, 1)


@dataclass(frozen=True)
class Body:
    slug: str
    kind: str
    country: str
    en: str
    fr: str
    ar: str
    parent: str = ""
    serves: str = ""
    on_paper: bool = False


BODIES = [
    Body(
        "jp-mofa",
        K.FOREIGN_MINISTRY,
        "JP",
        "Ministry of Foreign Affairs of Japan",
        "Ministère des Affaires étrangères du Japon",
        "وزارة خارجية اليابان",
    ),
    Body(
        "jica",
        K.AGENCY,
        "JP",
        "Japan International Cooperation Agency (JICA)",
        "Agence japonaise de coopération internationale (JICA)",
        "الوكالة اليابانية للتعاون الدولي (جايكا)",
        parent="jp-mofa",
    ),
    Body(
        "jica-mm",
        K.COUNTRY_OFFICE,
        "JP",
        "JICA Myanmar Office",
        "Bureau de la JICA au Myanmar",
        "مكتب جايكا في ميانمار",
        parent="jica",
        serves="MM",
    ),
    Body(
        "jica-la",
        K.COUNTRY_OFFICE,
        "JP",
        "JICA office in Laos (example)",
        "Bureau de la JICA au Laos (exemple)",
        "مكتب جايكا في لاوس (مثال)",
        parent="jica",
        serves="LA",
    ),
    Body(
        "jp-comms",
        K.LINE_MINISTRY,
        "JP",
        "Ministry in charge of posts, Japan (example)",
        "Ministère chargé des postes, Japon (exemple)",
        "الوزارة المكلفة بالبريد، اليابان (مثال)",
    ),
    Body(
        "jp-finance",
        K.LINE_MINISTRY,
        "JP",
        "Ministry in charge of finance, Japan (example)",
        "Ministère chargé des finances, Japon (exemple)",
        "الوزارة المكلفة بالمالية، اليابان (مثال)",
    ),
    Body(
        "mm-mcit",
        K.LINE_MINISTRY,
        "MM",
        "Ministry of Communications and Information Technology, Myanmar",
        "Ministère des Communications et des Technologies de l’information, Myanmar",
        "وزارة الاتصالات وتكنولوجيا المعلومات، ميانمار",
    ),
    Body(
        "mm-post", K.PUBLIC_BODY, "MM", "Myanmar Post", "Poste du Myanmar", "بريد ميانمار", parent="mm-mcit"
    ),
    Body(
        "mm-coordination",
        K.COORDINATION_BODY,
        "MM",
        "Aid coordination body, Myanmar (example)",
        "Organe de coordination de l’aide, Myanmar (exemple)",
        "هيئة تنسيق المعونة، ميانمار (مثال)",
    ),
    Body(
        "la-ministry",
        K.LINE_MINISTRY,
        "LA",
        "Ministry in charge of posts, Laos (example)",
        "Ministère chargé des postes, Laos (exemple)",
        "الوزارة المكلفة بالبريد، لاوس (مثال)",
    ),
    Body(
        "la-post",
        K.PUBLIC_BODY,
        "LA",
        "Postal enterprise, Laos (example)",
        "Entreprise postale, Laos (exemple)",
        "المؤسسة البريدية، لاوس (مثال)",
        parent="la-ministry",
    ),
    Body(
        "la-coordination",
        K.COORDINATION_BODY,
        "LA",
        "Aid coordination body, Laos (example)",
        "Organe de coordination de l’aide, Laos (exemple)",
        "هيئة تنسيق المعونة، لاوس (مثال)",
    ),
    Body(
        "ma-mfa",
        K.FOREIGN_MINISTRY,
        "MA",
        "Ministry of Foreign Affairs, Morocco (example)",
        "Ministère des Affaires étrangères, Maroc (exemple)",
        "وزارة الشؤون الخارجية، المغرب (مثال)",
    ),
    Body(
        "amci",
        K.AGENCY,
        "MA",
        "Moroccan Agency for International Cooperation (AMCI)",
        "Agence marocaine de coopération internationale (AMCI)",
        "الوكالة المغربية للتعاون الدولي",
        parent="ma-mfa",
    ),
    Body(
        "amci-sn",
        K.EMBASSY,
        "MA",
        "Embassy of Morocco in Senegal (example)",
        "Ambassade du Maroc au Sénégal (exemple)",
        "سفارة المغرب في السنغال (مثال)",
        parent="amci",
        serves="SN",
    ),
    Body(
        "ma-transport",
        K.LINE_MINISTRY,
        "MA",
        "Ministry in charge of meteorology, Morocco (example)",
        "Ministère chargé de la météorologie, Maroc (exemple)",
        "الوزارة المكلفة بالأرصاد الجوية، المغرب (مثال)",
    ),
    Body(
        "sn-ministry",
        K.LINE_MINISTRY,
        "SN",
        "Ministry in charge of transport, Senegal (example)",
        "Ministère chargé des transports, Sénégal (exemple)",
        "الوزارة المكلفة بالنقل، السنغال (مثال)",
    ),
    Body(
        "sn-meteo",
        K.PUBLIC_BODY,
        "SN",
        "National meteorological service, Senegal (example)",
        "Service météorologique national, Sénégal (exemple)",
        "المصلحة الوطنية للأرصاد الجوية، السنغال (مثال)",
        parent="sn-ministry",
    ),
    Body(
        "sn-coordination",
        K.COORDINATION_BODY,
        "SN",
        "Cooperation directorate, Senegal (example)",
        "Direction de la coopération, Sénégal (exemple)",
        "مديرية التعاون، السنغال (مثال)",
    ),
    Body(
        "jica-sn",
        K.COUNTRY_OFFICE,
        "JP",
        "JICA Senegal Office",
        "Bureau de la JICA au Sénégal",
        "مكتب جايكا في السنغال",
        parent="jica",
        serves="SN",
    ),
    Body(
        "amci-gn",
        K.EMBASSY,
        "MA",
        "Embassy of Morocco in Guinea (example)",
        "Ambassade du Maroc en Guinée (exemple)",
        "سفارة المغرب في غينيا (مثال)",
        parent="amci",
        serves="GN",
    ),
    Body(
        "gn-agriculture",
        K.LINE_MINISTRY,
        "GN",
        "Ministry in charge of agriculture, Guinea (example)",
        "Ministère chargé de l’agriculture, Guinée (exemple)",
        "الوزارة المكلفة بالفلاحة، غينيا (مثال)",
        on_paper=True,
    ),
    Body(
        "gn-coordination",
        K.COORDINATION_BODY,
        "GN",
        "Cooperation directorate, Guinea (example)",
        "Direction de la coopération, Guinée (exemple)",
        "مديرية التعاون، غينيا (مثال)",
        on_paper=True,
    ),
    Body(
        "ex-evaluators",
        K.INSTITUTE,
        "JP",
        "Evaluation institute (example)",
        "Institut d’évaluation (exemple)",
        "معهد التقييم (مثال)",
    ),
]


@dataclass(frozen=True)
class Player:
    """One person, by role: the address before the @, the post, the name in three languages, their language."""

    slug: str
    organisation: str
    role: str
    en: str
    fr: str
    ar: str
    language: str = "en"


PLAYERS = [
    Player(
        "post-officer",
        "mm-post",
        Role.LINE_OFFICER,
        "Officer, Myanmar Post",
        "Agent, Poste du Myanmar",
        "موظف، بريد ميانمار",
    ),
    Player(
        "mm-coordinator",
        "mm-coordination",
        Role.COORDINATION,
        "Coordination officer, Myanmar",
        "Agent de coordination, Myanmar",
        "موظف التنسيق، ميانمار",
    ),
    Player(
        "mm-office",
        "jica-mm",
        Role.COUNTRY_OFFICE,
        "Programme officer, Myanmar office",
        "Agent du bureau du Myanmar",
        "موظف مكتب ميانمار",
    ),
    Player(
        "desk",
        "jica",
        Role.DESK,
        "Desk officer, South-East Asia",
        "Chargé de programme, Asie du Sud-Est",
        "مسؤول البرامج، جنوب شرق آسيا",
    ),
    Player(
        "comms-opinion",
        "jp-comms",
        Role.OPINION,
        "Officer for cooperation, posts",
        "Agent de la coopération, postes",
        "موظف التعاون، البريد",
    ),
    Player(
        "finance-opinion",
        "jp-finance",
        Role.OPINION,
        "Officer for cooperation, finance",
        "Agent de la coopération, finances",
        "موظف التعاون، المالية",
    ),
    Player(
        "mofa-approver",
        "jp-mofa",
        Role.APPROVER,
        "Approver, foreign ministry",
        "Approbateur, affaires étrangères",
        "صاحب الموافقة، وزارة الخارجية",
    ),
    Player(
        "jica-approver",
        "jica",
        Role.APPROVER,
        "Approver, agency",
        "Approbateur, agence",
        "صاحب الموافقة، الوكالة",
    ),
    Player(
        "knowledge",
        "jica",
        Role.KNOWLEDGE,
        "Knowledge officer",
        "Responsable des connaissances",
        "موظف المعرفة",
    ),
    Player(
        "evaluator", "ex-evaluators", Role.EVALUATOR, "External evaluator", "Évaluateur externe", "مقيِّم خارجي"
    ),
    Player(
        "la-officer",
        "la-post",
        Role.LINE_OFFICER,
        "Officer, postal enterprise, Laos",
        "Agent, entreprise postale, Laos",
        "موظف، المؤسسة البريدية، لاوس",
    ),
    Player(
        "la-coordinator",
        "la-coordination",
        Role.COORDINATION,
        "Coordination officer, Laos",
        "Agent de coordination, Laos",
        "موظف التنسيق، لاوس",
    ),
    Player(
        "la-office",
        "jica-la",
        Role.COUNTRY_OFFICE,
        "Programme officer, Laos office",
        "Agent du bureau du Laos",
        "موظف مكتب لاوس",
    ),
    Player(
        "sn-officer",
        "sn-meteo",
        Role.LINE_OFFICER,
        "Officer, meteorological service, Senegal",
        "Agent, service météorologique, Sénégal",
        "موظف، مصلحة الأرصاد، السنغال",
        "fr",
    ),
    Player(
        "sn-coordinator",
        "sn-coordination",
        Role.COORDINATION,
        "Coordination officer, Senegal",
        "Agent de coordination, Sénégal",
        "موظف التنسيق، السنغال",
        "fr",
    ),
    Player(
        "sn-embassy",
        "amci-sn",
        Role.COUNTRY_OFFICE,
        "Cooperation attaché, Dakar",
        "Attaché de coopération, Dakar",
        "ملحق التعاون، داكار",
        "fr",
    ),
    Player(
        "sn-jica",
        "jica-sn",
        Role.COUNTRY_OFFICE,
        "Programme officer, Senegal office",
        "Agent du bureau du Sénégal",
        "موظف مكتب السنغال",
    ),
    Player(
        "gn-embassy",
        "amci-gn",
        Role.COUNTRY_OFFICE,
        "Cooperation attaché, Conakry",
        "Attaché de coopération, Conakry",
        "ملحق التعاون، كوناكري",
        "fr",
    ),
    Player(
        "amci-desk",
        "amci",
        Role.DESK,
        "Desk officer, West Africa",
        "Chargé de programme, Afrique de l’Ouest",
        "مسؤول البرامج، غرب أفريقيا",
        "ar",
    ),
    Player(
        "amci-approver",
        "amci",
        Role.APPROVER,
        "Approver, agency, Rabat",
        "Approbateur, agence, Rabat",
        "صاحب الموافقة، الوكالة، الرباط",
        "ar",
    ),
    Player(
        "ma-opinion",
        "ma-transport",
        Role.OPINION,
        "Officer for cooperation, meteorology",
        "Agent de la coopération, météorologie",
        "موظف التعاون، الأرصاد الجوية",
        "fr",
    ),
    Player(
        "jica-admin",
        "jica",
        Role.ADMINISTRATOR,
        "Administrator, Tokyo",
        "Administrateur, Tokyo",
        "المسؤول الإداري، طوكيو",
        "en",
    ),
    Player(
        "amci-admin",
        "amci",
        Role.ADMINISTRATOR,
        "Administrator, Rabat",
        "Administrateur, Rabat",
        "المسؤول الإداري، الرباط",
        "fr",
    ),
    Player(
        "amci-knowledge",
        "amci",
        Role.KNOWLEDGE,
        "Knowledge officer, Rabat",
        "Responsable des connaissances, Rabat",
        "موظف المعرفة، الرباط",
        "ar",
    ),
]
BY_SLUG = {player.slug: player for player in PLAYERS}


def email_of(slug: str) -> str:
    """The address a player signs in with."""
    return f"{slug}@example.org"


def user(slug: str) -> User:
    """A player's account."""
    return User.objects.get(email=email_of(slug))


def organisation(slug: str) -> Organisation:
    """A body of the cast."""
    return Organisation.objects.get(slug=slug)


def build(password: str | None = None) -> None:
    """Make the organisations, people, posts, settings and rounds. Once, in an empty installation."""
    held: dict[str, Organisation] = {}
    for body in BODIES:
        held[body.slug] = Organisation.objects.create(
            slug=body.slug,
            kind=body.kind,
            names={"en": body.en, "fr": body.fr, "ar": body.ar},
            country_id=f"country:{body.country}",
            parent=held.get(body.parent),
            serves_id=f"country:{body.serves}" if body.serves else None,
            on_paper=body.on_paper,
            is_example=True,  # real bodies too: what they do here is made up
        )
    for player in PLAYERS:
        join(player, held[player.organisation], password)
    _settings(held)
    _rounds(held)


def join(player: Player, body: Organisation, password: str | None = None) -> User:
    """Give a person an account and a post."""
    account = User.objects.create_user(
        email_of(player.slug), password, display_name=player.en, language=player.language
    )
    person = Person.objects.create(
        names={"en": player.en, "fr": player.fr, "ar": player.ar, "latin": player.en}, user=account
    )
    Post.objects.create(person=person, organisation=body, role=player.role, held_from=LONG_AGO)
    return account


# Whose settings begin from which preset, which ministries are usually asked, and the rating scheme: the postal
# project of the story was rated on three levels. Who evaluates is left to the desk.
SETTINGS = [
    ("jica", "jica-like", ("jp-comms", "jp-finance"), "jica-3-level"),
    ("amci", "amci-like", ("ma-transport",), ""),
]


def _settings(held: dict[str, Organisation]) -> None:
    """Each agency's administrator makes the first version of its settings, from the preset."""
    for slug, preset, asked, rated in SETTINGS:
        terms = terms_of_preset(presets.shipped()[preset], held[slug], [held[one].pk for one in asked])
        make_version(
            held[slug],
            replace(terms, values={**terms.values, "rating_rules": rated, "ex_post_type": ExPostType.DESK}),
            actor=user(f"{slug}-admin"),
            reason=f"From the preset {preset} (example)",
            base_version=0,
            preset=preset,
        )


def _rounds(held: dict[str, Organisation]) -> None:
    Round.objects.bulk_create(
        [
            Round(
                provider=held["jica"],
                name="JFY 2015",
                fiscal_year=2015,
                opens_on=date(2014, 6, 1),
                closes_on=date(2014, 8, 31),
            ),
            Round(
                provider=held["jica"],
                name="JFY 2027",
                fiscal_year=2027,
                opens_on=date(2026, 6, 1),
                closes_on=date(2027, 3, 31),
            ),
            Round(
                provider=held["amci"],
                name="2027",
                fiscal_year=2027,
                opens_on=date(2026, 1, 1),
                closes_on=date(2027, 12, 31),
            ),
        ]
    )
