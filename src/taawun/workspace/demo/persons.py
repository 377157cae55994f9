"""The people of the demonstration, each an example named by role: nobody real appears."""

from dataclasses import dataclass

from taawun.directory.roles import Role


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
        "evaluator", "ex-evaluators", Role.EVALUATOR, "External evaluator", "Évaluateur externe", "مقيم خارجي"
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
