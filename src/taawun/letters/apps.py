from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "taawun.letters"
    label = "letters"
