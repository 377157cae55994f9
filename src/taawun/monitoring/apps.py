from django.apps import AppConfig


class MonitoringConfig(AppConfig):
    name = "taawun.monitoring"
    label = "monitoring"
