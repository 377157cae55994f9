from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "taawun.figures"
    label = "figures"
