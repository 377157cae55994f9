from django.apps import AppConfig


class LessonsConfig(AppConfig):
    name = "taawun.lessons"
    label = "lessons"
