"""What the room supplies: its entry in the menu; what leads to organisations and accounts."""

from django.utils.translation import gettext_lazy

from taawun.directory.references import stays
from taawun.ui import nav

nav.register(45, "figures:figures", gettext_lazy("Figures"), "/figures/")
stays("figures.CurrencyRate", "organisation", "recorded_by")
