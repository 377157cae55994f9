from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "taawun.meetings"
    label = "meetings"
