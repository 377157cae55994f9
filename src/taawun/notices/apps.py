from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "taawun.notices"
    label = "notices"
