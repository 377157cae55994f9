"""The organisations of the demonstration; what is real of them is published (docs/explanation/demo.md)."""

from dataclasses import dataclass

from taawun.directory.models import OrganisationKind as K


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
