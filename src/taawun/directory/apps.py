from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "taawun.directory"
    label = "directory"
