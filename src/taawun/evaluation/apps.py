from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core import checks

from taawun.kernel import rating_files


class EvaluationConfig(AppConfig):
    name = "taawun.evaluation"
    label = "evaluation"

    def ready(self) -> None:
        checks.register(rating_rules_can_be_used)


def rating_rules_can_be_used(**_options: Any) -> list[checks.CheckMessage]:
    """An agency's own rule set that cannot be used is told when the program starts; it is left out."""
    _known, problems = rating_files.read(settings.RATINGS_ROOT)
    return [checks.Warning(problem, id="taawun.W101") for problem in problems]
