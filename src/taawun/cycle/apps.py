from django.apps import AppConfig


class CycleConfig(AppConfig):
    name = "taawun.cycle"
    label = "cycle"
