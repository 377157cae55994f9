from django.apps import AppConfig


class EvaluationConfig(AppConfig):
    name = "taawun.evaluation"
    label = "evaluation"
