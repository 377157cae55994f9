"""What the room supplies: rates as a kind with its acts, their sheet, its entry in the menu."""

from django.utils.translation import gettext_lazy

from taawun.batches.definitions import define
from taawun.directory.references import stays
from taawun.figures.models import CurrencyRate
from taawun.figures.queries import rates_visible_to
from taawun.figures.rate_sheet import RATES
from taawun.foundation import ports
from taawun.ui import nav

ports.kind(
    slug=CurrencyRate.kind,
    label=gettext_lazy("Exchange rate"),
    model=CurrencyRate,
    visible_to=rates_visible_to,
    url_name="figures:rate",
)
for slug, label, done in (
    ("rate-brought-in", gettext_lazy("Bring in a rate"), gettext_lazy("Rate brought in")),
    ("rate-replaced", gettext_lazy("Replace a rate"), gettext_lazy("Rate replaced")),
    ("rate-put-back", gettext_lazy("Put a rate back"), gettext_lazy("Rate put back as it was")),
):
    ports.act(CurrencyRate.kind, slug, label=label, done=done)
define(RATES)

nav.register(45, "figures:figures", gettext_lazy("Figures"), "/figures/")
stays("figures.CurrencyRate", "organisation", "recorded_by")
