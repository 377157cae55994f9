from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "taawun.search"
    label = "search"
