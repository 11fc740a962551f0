"""The site as one ASGI application; the live room will stand beside Django here."""

import os

from django.core.asgi import get_asgi_application

from hakapa.config import database

database.ensure_running()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hakapa.config.settings")
application = get_asgi_application()
