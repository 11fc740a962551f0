"""The site as one ASGI application.

Pages are ordinary WSGI in threads, which costs half the processor that async Django does; the
live room will stand beside them here.
"""

import os
from typing import Any

from a2wsgi import WSGIMiddleware
from django.core.wsgi import get_wsgi_application

from hakapa.config import database

database.ensure_running()
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hakapa.config.settings")
pages: Any = get_wsgi_application()
application = WSGIMiddleware(pages, workers=16)
