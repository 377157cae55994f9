"""The application as a web server loads it, every view imported: what is broken is found before the fork."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "taawun.config.settings")
application = get_wsgi_application()
import_module(settings.ROOT_URLCONF)
