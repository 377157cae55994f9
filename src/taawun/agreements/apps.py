from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "taawun.agreements"
    label = "agreements"
