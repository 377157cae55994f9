from django.apps import AppConfig


class BatchesConfig(AppConfig):
    name = "taawun.batches"
    label = "batches"
