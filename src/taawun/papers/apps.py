from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "taawun.papers"
    label = "papers"
