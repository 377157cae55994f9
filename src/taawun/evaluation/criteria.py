"""What an ex-post evaluation asks: the six criteria of OECD-DAC (2019), in every evaluation."""

from typing import Any

from django.utils.translation import gettext_lazy as _, pgettext_lazy

CRITERIA: dict[str, tuple[Any, Any]] = {
    "relevance": (pgettext_lazy("criterion", "Relevance"), _("Was it the right thing to do?")),
    "coherence": (pgettext_lazy("criterion", "Coherence"), _("Does it fit with what others do?")),
    "effectiveness": (pgettext_lazy("criterion", "Effectiveness"), _("Were the objectives achieved?")),
    "efficiency": (pgettext_lazy("criterion", "Efficiency"), _("Were the means well used?")),
    "impact": (pgettext_lazy("criterion", "Impact"), _("What difference does it make?")),
    "sustainability": (pgettext_lazy("criterion", "Sustainability"), _("Will the benefits last?")),
}
