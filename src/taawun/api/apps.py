from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "taawun.api"
    label = "api"
