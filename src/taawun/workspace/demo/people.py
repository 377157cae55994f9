"""People of the demonstration who move: away with a deputy, gone after handing over, entered twice and merged.

And two who were taken for one, until the merge was undone; two institutes likewise.
"""

from datetime import date, timedelta

from taawun.directory import actions
from taawun.directory.models import (
    Delegation,
    Handover,
    Merge,
    Organisation,
    OrganisationKind,
    Person,
    Post,
)
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.models import User
from taawun.workspace.demo import cast
from taawun.workspace.demo.story import on


def be_away() -> Delegation:
    """The approver in Rabat is on mission for three weeks: the knowledge officer acts in the seat."""
    approver, deputy = cast.user("amci-approver"), cast.user("amci-knowledge")
    with on(clock.today()):
        return actions.delegate(
            Post.objects.get(person__user=approver),
            deputy.person,
            starts_on=clock.today(),
            ends_on=clock.today() + timedelta(days=20),
            reason="Mission (exemple)",
            actor=approver,
        )


PREDECESSOR = cast.Player(
    "sn-officer-before",
    "sn-meteo",
    Role.LINE_OFFICER,
    "Former officer, meteorological service, Senegal",
    "Ancien agent, service météorologique, Sénégal",
    "موظف سابق، مصلحة الأرصاد، السنغال",
    "fr",
)


def rotate(day: date) -> Handover:
    """On that day an officer of the meteorological service hands over to the one who is there today, and leaves."""
    account = cast.join(PREDECESSOR, cast.organisation(PREDECESSOR.organisation))
    with on(day):
        done = actions.hand_over(
            account.person,
            cast.user("sn-officer").person,
            on=day,
            reason="Rotation (exemple)",
            actor=account,
        )
    User.objects.filter(pk=account.pk).update(is_active=False)
    return done


TWICE = cast.Player(
    "amci-desk-2",
    "amci",
    Role.SIGNATORY,
    "Desk officer – West Africa (second entry)",
    "Chargé de programme – Afrique de l’Ouest (seconde saisie)",
    "مسؤول البرامج – غرب أفريقيا (إدخال ثان)",
    "ar",
)


def entered_twice() -> tuple[Merge, Merge]:
    """The administrator in Rabat finds a colleague entered twice, and the embassy in Dakar: each pair is one."""
    admin, agency = cast.user("amci-admin"), cast.organisation("amci")
    embassy = cast.organisation("amci-sn")
    second = Organisation.objects.create(
        slug="amci-sn-2",
        kind=embassy.kind,
        names=embassy.names,
        country_id=embassy.country_id,
        parent=agency,
        serves_id=embassy.serves_id,
        is_example=True,
    )
    with on(clock.today()):
        person = actions.merge(
            cast.join(TWICE, agency).person,
            cast.user("amci-desk").person,
            actor=admin,
            reason="Saisi deux fois (exemple)",
        )
        body = actions.merge(second, embassy, actor=admin, reason="Saisie deux fois (exemple)")
    return person, body


FIRST = {
    "en": "Signatory, Senegal office",
    "fr": "Signataire, bureau du Sénégal",
    "ar": "موقع، مكتب السنغال",
}
SECOND = {
    "en": "Second signatory, Senegal office",
    "fr": "Second signataire, bureau du Sénégal",
    "ar": "الموقع الثاني، مكتب السنغال",
}


def taken_for_one() -> Merge:
    """The administrator in Tokyo takes two signatories of an office for one, is told otherwise, and undoes it."""
    admin, office = cast.user("jica-admin"), cast.organisation("jica-sn")
    gone, kept = (Person.objects.create(names={**names, "latin": names["en"]}) for names in (SECOND, FIRST))
    for person in (gone, kept):
        Post.objects.create(person=person, organisation=office, role=Role.SIGNATORY, held_from=cast.LONG_AGO)
    with on(clock.today()):
        made = actions.merge(gone, kept, actor=admin, reason="Entered twice, it seems (example)")
        return actions.unmerge(
            made, actor=admin, reason="The office writes that they are two colleagues (example)"
        )


TRAINING = {
    "en": "Postal training institute (example)",
    "fr": "Institut de formation postale (exemple)",
    "ar": "معهد التدريب البريدي (مثال)",
}
RESEARCH = {
    "en": "Postal research institute (example)",
    "fr": "Institut de recherche postale (exemple)",
    "ar": "معهد البحوث البريدية (مثال)",
}


def two_institutes() -> Merge:
    """The same administrator takes two institutes of the agency for one, and undoes it when both write."""
    admin, agency = cast.user("jica-admin"), cast.organisation("jica")
    gone, kept = (
        Organisation.objects.create(
            slug=slug,
            kind=OrganisationKind.INSTITUTE,
            names=names,
            country_id=agency.country_id,
            parent=agency,
            is_example=True,
        )
        for slug, names in (("jp-postal-training", TRAINING), ("jp-postal-research", RESEARCH))
    )
    with on(clock.today()):
        made = actions.merge(gone, kept, actor=admin, reason="One house under two names, it seems (example)")
        return actions.unmerge(
            made, actor=admin, reason="Both write: one trains, the other does research (example)"
        )
