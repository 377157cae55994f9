from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules


class FoundationConfig(AppConfig):
    name = "taawun.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Every app's ports register themselves once all models are known."""
        autodiscover_modules("ports")
        from taawun.foundation.checks import every_slug_has_one_provider  # noqa: PLC0415 (registry must be ready)

        checks.register(every_slug_has_one_provider)
