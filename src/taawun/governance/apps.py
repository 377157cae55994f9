from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "taawun.governance"
    label = "governance"
