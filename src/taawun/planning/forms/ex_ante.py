"""The ex-ante evaluation."""

from django import forms
from django.utils.translation import gettext_lazy

from taawun.planning.forms.fields import choice
from taawun.planning.models import EnvironmentalCategory, ExAnteTable
from taawun.planning.queries import EX_ANTE_FIELDS
from taawun.ui.widgets import Lines


class ExAnteForm(forms.ModelForm):
    """The texts of the ex-ante evaluation table; what stands elsewhere is not asked again."""

    environmental_category = choice(
        EnvironmentalCategory.choices, label=gettext_lazy("Environmental category"), required=False
    )

    class Meta:
        model = ExAnteTable
        fields = EX_ANTE_FIELDS
        widgets = {name: Lines(5) for name in EX_ANTE_FIELDS if name != "environmental_category"}
        help_texts = {
            "relevance": gettext_lazy("Does it meet the needs, the partner’s policy, the provider’s policy?"),
            "coherence": gettext_lazy("Does it fit with the provider’s other work, and with that of others?"),
            "effectiveness": gettext_lazy("Will the outputs lead to the purpose, if the assumptions hold?"),
            "efficiency": gettext_lazy("Are the means in proportion to what is to be reached?"),
            "impact": gettext_lazy("What will it change in the longer run, for whom, wanted or not?"),
            "sustainability": gettext_lazy("Will institutions, skills and money keep up the benefits?"),
            "evaluation_plan": gettext_lazy(
                "Which indicators will be measured, when, by whom; when the ex-post evaluation is due."
            ),
        }
