"""Every agreement a person may know of, from when it is in force, until when, and how that stands today."""

from collections.abc import Iterable
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    DateField,
    ExpressionWrapper,
    F,
    Prefetch,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext_lazy

from taawun.agreements.models import INSTRUMENT_WORDS, Instrument, InstrumentKind, LanguageVersion, Signature
from taawun.cycle.deadlines import UNDER_WAY
from taawun.cycle.models import (
    OPERATION_WORDS,
    REQUEST_WORDS,
    ApprovingSeat,
    CooperationRequest,
    Operation,
    Party,
)
from taawun.cycle.queries import operation_keys, operations_among, request_keys, requests_among
from taawun.directory.models import Organisation
from taawun.directory.queries import organisations_named
from taawun.directory.roles import Role
from taawun.foundation import clock
from taawun.foundation.readable import Cases, either
from taawun.foundation.searching import said
from taawun.foundation.standing import standing
from taawun.kernel.periods import add_months

SOON = 6  # months: a beginning, not what any agency has published
WITH_A_PERIOD = (InstrumentKind.RECORD_OF_DISCUSSIONS, InstrumentKind.AMENDMENT)
BEFORE_THE_SIGNATURE = ("planning", "appraised")

STANDINGS = [
    ("written", pgettext_lazy("agreement", "Being written")),
    ("in-force", pgettext_lazy("agreement", "In force")),
    ("soon", pgettext_lazy("agreement", "Expires within six months")),
    ("overrun", pgettext_lazy("agreement", "Expired, the work goes on")),
    ("ended", pgettext_lazy("agreement", "Ended")),
    ("no-end", pgettext_lazy("agreement", "In force, no end given")),
    ("exchanged", pgettext_lazy("agreement", "Exchanged")),
]

# A Record of Discussions is signed when its operation is agreed, an amendment when its signature is recorded, minutes
# when they bear a date.
SIGNED = (
    Q(kind=InstrumentKind.AMENDMENT, frozen_on__isnull=False)
    | Q(kind=InstrumentKind.MINUTES, dated_on__isnull=False)
    | (
        Q(kind=InstrumentKind.RECORD_OF_DISCUSSIONS, dated_on__isnull=False)
        & ~Q(operation__state__in=BEFORE_THE_SIGNATURE)
    )
)


def agreements_visible_to(user: Any, cases: Cases | None = None) -> QuerySet[Instrument]:
    """Every instrument this person may read: of the cases they see; a note that has not left, the provider's side's.

    The notes exchanged are also read by whoever sees the operation they opened.
    """
    ids = Instrument.objects.order_by().values("pk")
    operations, requests = operations_among(user, cases), requests_among(user, cases)
    opened = Operation.objects.order_by().filter(pk__in=operations, coop_request_id__isnull=False)
    by_opened = opened.values("coop_request_id")
    on = [requests, by_opened] if cases else [requests.union(by_opened)]
    # Each part is read from an index of its own: what left is many, what is being written is little.
    of_operations = ids.filter(operation_id__in=operations)
    left, written = (
        ids.filter(frozen_on__isnull=False),
        ids.filter(not_left_for(user), frozen_on__isnull=True),
    )
    ways = [rows.filter(coop_request_id__in=keys) for rows in (left, written) for keys in on]
    return either([of_operations, *ways], cases)


def not_left_for(user: Any) -> Q:
    """On an instrument of a request, whether the person reads it before it leaves: the provider's side."""
    who = standing(user)
    seats = ApprovingSeat.objects.order_by().filter(organisation_id__in=who.holding(Role.APPROVER), used=True)
    return Q(coop_request__provider_id__in=who.sides) | Q(
        coop_request__settings_id__in=seats.values("settings_id")
    )


def with_terms(rows: QuerySet[Instrument]) -> QuerySet[Instrument]:
    """With the day each expires (`expires_on`) and how it stands today (`stands`).

    A Record of Discussions and its amendments expire on the last day agreed of the operation, which every amendment
    moves when it is signed. Notes exchanged and minutes bear no end of their own.
    """
    today = clock.today()
    soon = add_months(today, SOON)
    expires = Case(
        When(SIGNED & Q(kind__in=WITH_A_PERIOD), then=F("operation__ends_on")), output_field=DateField()
    )
    runs = Q(operation__state__in=UNDER_WAY)
    stands = Case(
        When(
            kind__in=(InstrumentKind.NOTE_VERBALE, InstrumentKind.NOTE_VERBALE_REPLY),
            frozen_on__isnull=False,
            then=Value("exchanged"),
        ),
        When(~SIGNED, then=Value("written")),
        When(kind=InstrumentKind.MINUTES, then=Value("no-end")),
        When(~runs, then=Value("ended")),
        When(operation__ends_on__isnull=True, then=Value("no-end")),
        When(operation__ends_on__lt=today, then=Value("overrun")),
        When(operation__ends_on__lte=soon, then=Value("soon")),
        default=Value("in-force"),
        output_field=CharField(),
    )
    return rows.annotate(
        expires_on=expires,
        stands=stands,
        text_language=Coalesce("operation__language", "coop_request__language"),
        country_id=Coalesce("operation__country_id", "coop_request__country_id"),
        provider_id=Coalesce("operation__provider_id", "coop_request__provider_id"),
    )


def with_details(rows: QuerySet[Instrument], user: Any) -> QuerySet[Instrument]:
    """With what a line shows besides: case, parties, languages, signatories, scan. Five SQL statements more.

    The cases come in statements of their own: joined, the database loses itself among the ways to join so many tables.
    """
    seen = ExpressionWrapper(Q(coop_request_id__in=request_keys(user)), output_field=BooleanField())
    asked = CooperationRequest.objects.select_related("provider", "requesting", "operation")
    details = (
        Prefetch("operation", Operation.objects.select_related("provider")),
        Prefetch("coop_request", asked),
        Prefetch("operation__parties", Party.objects.select_related("organisation")),
        Prefetch("versions", LanguageVersion.objects.defer("text")),
        Prefetch("signatures", Signature.objects.select_related("party__organisation", "organisation")),
    )
    joined = rows.defer("text").select_related("scan", "amendment")
    return joined.annotate(request_seen=seen).prefetch_related(*details)


def expiring_within(rows: QuerySet[Instrument], months: str) -> QuerySet[Instrument]:
    """Those in force that expire from today on within so many months."""
    today = clock.today()
    last = add_months(today, int(months))
    ending = Operation.objects.order_by().filter(ends_on__range=(today, last)).values("pk")
    return rows.filter(
        operation_id__in=ending, stands__in=("soon", "in-force"), expires_on__range=(today, last)
    )


def agreements_found(rows: QuerySet[Instrument], typed: str) -> QuerySet[Instrument]:
    """By words of their number, of the number and title of their case, or by the name of a party."""
    ids = Instrument.objects.order_by().values("pk")
    operations = Operation.objects.order_by().filter(said(typed, *OPERATION_WORDS)).values("pk")
    requests = CooperationRequest.objects.order_by().filter(said(typed, *REQUEST_WORDS)).values("pk")
    # UNION and not OR: each way is found in its own index, where OR reads every agreement there is.
    ways = [ids.filter(operation_id__in=operations), ids.filter(coop_request_id__in=requests)]
    if bodies := organisations_named(typed):
        parties = Party.objects.order_by().filter(organisation_id__in=bodies).values("operation_id")
        asking = CooperationRequest.objects.order_by().filter(requesting_id__in=bodies).values("pk")
        ways += [ids.filter(operation_id__in=parties), ids.filter(coop_request_id__in=asking)]
    return rows.filter(pk__in=ids.filter(said(typed, *INSTRUMENT_WORDS)).union(*ways))


def providers_in(user: Any) -> Iterable[tuple[int, str]]:
    """The agencies of the cases this person sees, whose agreements these are."""
    operations = Operation.objects.order_by().filter(pk__in=operation_keys(user)).values("provider_id")
    requests = CooperationRequest.objects.order_by().filter(pk__in=request_keys(user)).values("provider_id")
    held = Organisation.objects.filter(pk__in=operations.union(requests))
    return sorted(((body.pk, body.name) for body in held), key=lambda one: one[1])


def has_agreement(case: Operation) -> bool:
    """Whether an operation under way rests on a Record of Discussions that is kept here.

    Nobody signs without one; only what was taken over may have been signed before: one SQL statement then.
    """
    if not case.taken_over_on:
        return True
    record = Instrument.objects.filter(operation_id=case.pk, kind=InstrumentKind.RECORD_OF_DISCUSSIONS)
    return record.filter(dated_on__isnull=False).exists()
