"""A request begins as an idea."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy

from taawun.cycle.models import LANGUAGES, ProviderSettings
from taawun.cycle.queries import on_paper_for
from taawun.directory.models import Organisation
from taawun.directory.queries import offered
from taawun.directory.roles import Role
from taawun.foundation.forms import offer
from taawun.foundation.standing import Standing
from taawun.reference.forms import CodeField
from taawun.ui.widgets import Lines


class BeginForm(forms.Form):
    """Begin a request as an idea: for whom, of whom, in which form of cooperation."""

    requesting = forms.ModelChoiceField(
        label=gettext_lazy("Your organisation"), queryset=Organisation.objects.none()
    )
    provider = forms.ModelChoiceField(
        label=gettext_lazy("Provider asked"), queryset=Organisation.objects.none()
    )
    title = forms.CharField(
        label=gettext_lazy("Title"),
        max_length=200,
        help_text=gettext_lazy("The same everywhere later: short and plain."),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language you write in"), choices=LANGUAGES)
    modality = CodeField("modality", label=gettext_lazy("Form of cooperation (one only)"))
    need = forms.CharField(
        label=gettext_lazy("Need"),
        max_length=4000,
        widget=Lines(4),
        required=False,
        help_text=gettext_lazy("What is wrong today, for whom."),
    )

    def __init__(self, *args: Any, who: Standing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        houses = who.holding(Role.LINE_OFFICER)
        offer(self, "requesting", offered().filter(pk__in=houses) | on_paper_for(who))
        self.fields["requesting"].initial = min(houses) if len(houses) == 1 else None
        self.fields["language"].initial = (get_language() or "en").split("-")[0]
        offer(
            self,
            "provider",
            offered().filter(pk__in=ProviderSettings.objects.values("provider_id")),
        )
