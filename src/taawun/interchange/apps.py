from django.apps import AppConfig


class InterchangeConfig(AppConfig):
    name = "taawun.interchange"
    label = "interchange"
