"""For servers that speak only ASGI. The views are synchronous: WSGI is measurably quicker."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.production")
application = get_asgi_application()
