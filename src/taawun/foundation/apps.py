from django.apps import AppConfig
from django.core import checks
from django.utils.module_loading import autodiscover_modules

from taawun.foundation import clock
from taawun.ui import clock as shown_clock


class FoundationConfig(AppConfig):
    name = "taawun.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Every app's ports register themselves once all models are known; pages count days by our clock."""
        shown_clock.follow(clock.now)
        autodiscover_modules("ports")
        from taawun.foundation.checks import every_slug_has_one_provider  # noqa: PLC0415 (registry must be ready)

        checks.register(every_slug_has_one_provider)
