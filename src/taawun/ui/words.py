"""How dates, durations, figures and money read, in the reader's language, with Western digits."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from django.utils import formats, timezone
from django.utils.translation import get_language, get_language_info, gettext as _, ngettext, pgettext

from taawun.ui import clock

NOTHING = "–"
LRM = "\u200e"  # keeps a minus sign on the left of its number in a right-to-left line


def own_name(language: str) -> str:
    """A language's name in itself, without the vowel signs Django's table carries for Arabic."""
    return str(get_language_info(language)["name_local"]).replace("\u0651", "").capitalize()


def as_day(value: date | datetime) -> date:
    """The calendar day of a date or of a moment (in the current time zone)."""
    if isinstance(value, datetime):
        return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    return value


def written(value: date | datetime | None, pattern: str) -> str:
    """A date in Babel's pattern and the current language; a dash for no date."""
    return _written(as_day(value), pattern, get_language() or "en") if value else NOTHING


@lru_cache(maxsize=4096)
def _written(value: date, pattern: str, language: str) -> str:
    return format_date(value, pattern, locale=language.replace("-", "_"))


def moment(value: datetime | None) -> str:
    """Day and time: 23 Nov 2026, 16:40."""
    if not value:
        return NOTHING
    return _("%(day)s, %(time)s") % {"day": written(value, "d MMM y"), "time": clock_time(value)}


def clock_time(value: datetime | None) -> str:
    """The time of day: 14:32."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return f"{local:%H:%M}"


def span(days: int) -> str:
    """A number of days as people say it: days up to two months, then months, then years."""
    if days < 60:
        return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}
    if days < 730:
        months = days * 12 // 365
        return ngettext("%(count)s month", "%(count)s months", months) % {"count": months}
    years = days // 365
    return ngettext("%(count)s year", "%(count)s years", years) % {"count": years}


def since(value: date | datetime | None) -> str:
    """How long ago: "8 days"; "today" on the day itself."""
    if not value:
        return ""
    days = (clock.today() - as_day(value)).days
    return span(days) if days > 0 else _("today")


def due(value: date | datetime) -> tuple[str, str]:
    """How a deadline stands and its tone: ("4 days late", "late"), ("today", "wait"), ("in 2 days", "")."""
    days = (as_day(value) - clock.today()).days
    if days < 0:
        return ngettext("%(count)s day late", "%(count)s days late", -days) % {"count": -days}, "late"
    if days == 0:
        return _("today"), "wait"
    return ngettext("in %(count)s day", "in %(count)s days", days) % {"count": days}, ""


def period(start: date | None, end: date | None) -> str:
    """From–to. An open period uses a word, never a trailing dash."""
    if start and end:
        if start.replace(day=1) == end.replace(day=1):
            return f"{start.day} – {written(end, 'd MMM y')}" if start != end else written(end, "d MMM y")
        return f"{written(start, 'd MMM y')} – {written(end, 'd MMM y')}"
    if start:
        return _("since %(day)s") % {"day": written(start, "d MMM y")}
    if end:
        return _("until %(day)s") % {"day": written(end, "d MMM y")}
    return NOTHING


def figure(value: Any, places: int | None = None) -> str:
    """A number with its groups. Without `places`, zeros at the end are left off."""
    if value is None or value == "":
        return NOTHING
    number = Decimal(str(value))
    if not number.is_finite():
        return NOTHING
    if places is None:
        exponent = number.normalize().as_tuple().exponent
        places = max(0, -exponent) if isinstance(exponent, int) else 0
    text = formats.number_format(number, decimal_pos=places, use_l10n=True, force_grouping=True)
    return text.replace("-", LRM + "−" if get_language() == "ar" else "−", 1) if number < 0 else text


def listed(names: Iterable[Any]) -> str:
    """Names one after the other, with the comma of the reader's language."""
    return pgettext("between the words of a list", ", ").join(str(name) for name in names)


def parted(parts: Iterable[Any]) -> str:
    """Parts that may hold commas themselves, with the semicolon of the reader's language."""
    pair = pgettext("two parts of a list", "%(before)s; %(after)s")
    return pair.replace("%(before)s", "").replace("%(after)s", "").join(str(part) for part in parts)


def labelled(label: Any, text: Any) -> str:
    """A label and what it says, with the colon of the reader's language; the label alone where nothing follows."""
    said = pgettext("what a label says", "%(label)s: %(text)s") % {"label": label, "text": text}
    return said.rstrip()


def apart(text: str) -> str:
    """A name inside a sentence that may run the other way: in Arabic its brackets and full stops stay with it."""
    return f"\u2068{text}\u2069" if get_language() == "ar" else text


def money(value: Any) -> str:
    """Anything with `amount` and `currency`: MAD 18,400,000; where the code stands is the translation's."""
    if value is None or value.amount is None:
        return NOTHING
    whole = value.amount == value.amount.to_integral_value()
    words = {"amount": figure(value.amount, 0 if whole else 2), "currency": value.currency}
    # Translators: an amount of money with its currency code.
    return _("%(currency)s %(amount)s") % words
