"""Activities into the store: rows are gathered for some activities at a time, then copied table by table."""

import zlib
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from taawun.interchange import rows
from taawun.interchange.actions.copying import Keys, Table, copy_rows, delete_rows
from taawun.interchange.actions.feeds import Feeds
from taawun.interchange.comparing import digest_of
from taawun.interchange.iati import records
from taawun.interchange.iati.derive import derived
from taawun.interchange.linking import listed_code, listed_share
from taawun.interchange.models import (
    CountedShare,
    Load,
    PublishedActivity,
    PublishedAmount,
    PublishedDocument,
    PublishedIndicator,
    PublishedParty,
    PublishedPeriod,
    PublishedPlace,
    PublishedRelation,
    PublishedResult,
    PublishedShare,
    PublishedValue,
    PublishedXml,
)
from taawun.interchange.weighing import said_by, weights

MOST_ROWS = 20_000  # held in memory before they are copied

_WHO = ("standard", "reporting_ref", "reporting_type", "reporting_names")
_TEXTS = ("titles", "descriptions", "words", "status")
_DAYS = ("planned_start", "actual_start", "planned_end", "actual_end")
_WAYS = ("flow_type", "finance_type", "aid_type", "tied")
ACTIVITY = Table(
    PublishedActivity,
    (
        *("id", "identifier", "feed_id", "load_id", "digest", *_WHO, *_TEXTS, *_DAYS),
        *("language", "currency", "hierarchy", "humanitarian", "updated_at", "scope", "collaboration_type"),
        *(*_WAYS, "other_identifiers", "sums", "parts", "shares_not_derived"),
    ),
)
XML = Table(PublishedXml, ("activity_id", "load_id", "is_former", "standard", "deflated"))
AMOUNT = Table(
    PublishedAmount,
    (
        *("id", "activity_id", "kind", "type", "status", "value", "currency", "listed_currency_id"),
        *("value_on", "starts_on", "ends_on", "year", "ref", "description"),
        *("giver_ref", "giver_names", "receiver_ref", "receiver_names", *_WAYS, "humanitarian"),
        *("place_from", "sector_from"),
    ),
)
SHARE = Table(
    PublishedShare,
    (
        *("activity_id", "amount_id", "kind", "vocabulary", "code", "listed_id"),
        *("percentage", "significance", "names", "is_derived"),
    ),
)
COUNTED = Table(CountedShare, ("activity_id", "amount_id", "by", "code_id", "percent"))
PARTY = Table(PublishedParty, ("activity_id", "role", "ref", "type", "names", "activity_ref"))
DOCUMENT = Table(
    PublishedDocument, ("activity_id", "url", "format", "titles", "categories", "languages", "dated_on")
)
RELATION = Table(PublishedRelation, ("activity_id", "ref", "type"))
PLACE = Table(PublishedPlace, ("activity_id", "names", "latitude", "longitude"))
RESULT = Table(PublishedResult, ("id", "activity_id", "type", "titles", "descriptions"))
INDICATOR = Table(
    PublishedIndicator,
    ("id", "activity_id", "result_id", "measure", "is_ascending", "titles", "descriptions"),
)
PERIOD = Table(PublishedPeriod, ("id", "activity_id", "indicator_id", "starts_on", "ends_on"))
VALUE = Table(
    PublishedValue,
    (
        *("activity_id", "indicator_id", "period_id", "kind", "written", "number"),
        *("year", "on", "dimensions", "comment"),
    ),
)
# What hangs on others after what it hangs on.
ORDER = (
    ACTIVITY,
    XML,
    PARTY,
    AMOUNT,
    SHARE,
    COUNTED,
    RESULT,
    INDICATOR,
    PERIOD,
    VALUE,
    DOCUMENT,
    RELATION,
    PLACE,
)
PARTS = tuple(table for table in reversed(ORDER) if table not in (ACTIVITY, XML))


class Writer:
    """Gathers the rows of activities and copies them in; nothing is written before `flush`."""

    def __init__(self) -> None:
        self.rows: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
        self.gathered = 0
        self.keys = {
            model: Keys(model)
            for model in (PublishedAmount, PublishedResult, PublishedIndicator, PublishedPeriod)
        }

    def add(self, activity: records.Activity, pk: int, *, feed: int, load: int, digest: str) -> None:
        """Gather everything an activity says, under a key; its text goes by `add_text`."""
        worked_out, why_not = derived_shares(activity)
        row = rows.activity_row(activity, pk, feed, load, digest)
        self._gather(ACTIVITY, [(*row, rows.told(why_not))])
        self._gather(PARTY, rows.party_rows(activity, pk))
        self._gather(DOCUMENT, rows.document_rows(activity, pk))
        self._gather(RELATION, rows.relation_rows(activity, pk))
        self._gather(PLACE, rows.place_rows(activity, pk))
        self._shares(activity.shares, pk)
        self._shares(worked_out, pk, is_derived=True)
        self._counted((*activity.shares, *worked_out), pk)
        for amount in activity.amounts:
            self._amount(amount, pk, said_by(amount, activity, worked_out))
        for result in activity.results:
            self._result(result, pk)

    def add_text(self, activity: records.Activity, pk: int, load: int) -> None:
        """Gather the text of an activity as it came."""
        self._gather(XML, [(pk, load, False, rows.cut(activity.version), zlib.compress(activity.xml, 6))])

    @property
    def is_full(self) -> bool:
        """Whether so much is gathered that it should be copied."""
        return self.gathered >= MOST_ROWS

    def flush(self) -> None:
        """Copy what was gathered, in the caller's transaction."""
        for table in ORDER:
            if held := self.rows.pop(table.name, None):
                copy_rows(table, held)
        self.gathered = 0

    def _gather(self, table: Table, new: Iterable[tuple[Any, ...]]) -> None:
        held = self.rows[table.name]
        before = len(held)
        held.extend(new)
        self.gathered += len(held) - before

    def _shares(
        self,
        shares: Iterable[records.Share],
        pk: int,
        amount: int | None = None,
        is_derived: bool = False,
    ) -> None:
        self._gather(SHARE, (rows.share_row(s, pk, amount, listed_share(s), is_derived) for s in shares))

    def _counted(self, shares: Iterable[records.Share], pk: int, amount: int | None = None) -> None:
        self._gather(COUNTED, ((pk, amount, one.by, one.code, one.percent) for one in weights(shares)))

    def _amount(self, amount: records.Amount, pk: int, said: tuple[str, str]) -> None:
        key, currency = self.keys[PublishedAmount].next(), listed_code("currency", amount.currency)
        self._gather(AMOUNT, [rows.amount_row(amount, key, pk, currency, said)])
        if amount.shares:
            self._shares(amount.shares, pk, key)
            self._counted(amount.shares, pk, key)

    def _result(self, result: records.Result, pk: int) -> None:
        key = self.keys[PublishedResult].next()
        told = rows.told(result.titles), rows.told(result.descriptions)
        self._gather(RESULT, [(key, pk, rows.cut(result.type), *told)])
        for indicator in result.indicators:
            self._indicator(indicator, pk, key)

    def _indicator(self, one: records.Indicator, pk: int, result: int) -> None:
        key = self.keys[PublishedIndicator].next()
        told = rows.told(one.titles), rows.told(one.descriptions)
        self._gather(INDICATOR, [(key, pk, result, rows.cut(one.measure), one.ascending, *told)])
        baselines = (
            rows.value_row(each.value, "baseline", pk, key, None, each.year, each.on)
            for each in one.baselines
        )
        self._gather(VALUE, baselines)
        for period in one.periods:
            self._period(period, pk, key)

    def _period(self, one: records.Period, pk: int, indicator: int) -> None:
        key = self.keys[PublishedPeriod].next()
        self._gather(PERIOD, [(key, pk, indicator, one.starts_on, one.ends_on)])
        for kind, values in (("target", one.targets), ("actual", one.actuals)):
            self._gather(VALUE, (rows.value_row(v, kind, pk, indicator, key, "", None) for v in values))


def derived_shares(activity: records.Activity) -> tuple[list[records.Share], dict[str, str]]:
    """The shares worked out from the transactions, and by kind ("place", "sector") why there are none."""
    found = derived(activity)
    shares = [share for one in found for share in one.shares]
    worked_out = {one.kind for one in found if one.shares}
    why_not = {one.kind: one.reason for one in reversed(found) if one.reason and one.kind not in worked_out}
    return shares, why_not


def remove(keys: list[int], *, with_text: bool) -> None:
    """Take activities out with all they say; their texts stay where they are about to be written anew."""
    for table in PARTS:
        delete_rows(table.model, "activity_id", keys)
    if with_text:
        delete_rows(PublishedXml, "activity_id", keys)
    delete_rows(PublishedActivity, "id", keys)


class Store:
    """Where the activities of one load go, some at a time, in the caller's transaction."""

    def __init__(self, load: Load, feeds: Feeds) -> None:
        self.load, self.feeds = load, feeds
        self.writer, self.keys = Writer(), Keys(PublishedActivity)

    def put(self, activities: Iterable[records.Activity], held: dict[str, int]) -> None:
        """Write activities. `held`: the keys of those held already; their text becomes the former one."""
        make_room(list(held.values()))
        for activity in activities:
            pk = held.get(activity.identifier) or self.keys.next()
            digest = digest_of(activity.xml)
            self.writer.add(activity, pk, feed=self.feeds.of(activity), load=self.load.pk, digest=digest)
            self.writer.add_text(activity, pk, self.load.pk)
            if self.writer.is_full:
                self.writer.flush()

    def close(self) -> None:
        """Write what is still gathered."""
        self.writer.flush()


def make_room(keys: list[int]) -> None:
    """Take out what is about to be written anew; the text held so far becomes the former one."""
    if not keys:
        return
    PublishedXml.objects.filter(activity__in=keys, is_former=True).delete()
    PublishedXml.objects.filter(activity__in=keys).update(is_former=True)
    remove(keys, with_text=False)
