"""The process that does the queued jobs. Killed, it loses nothing: what it left behind runs again."""

import os

import django
from django.core.management import call_command


def main(arguments: list[str]) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
    django.setup()
    call_command("procrastinate", "worker", "--shutdown-graceful-timeout=5", *arguments)
    return 0
