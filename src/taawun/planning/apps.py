from django.apps import AppConfig


class PlanningConfig(AppConfig):
    name = "taawun.planning"
    label = "planning"
