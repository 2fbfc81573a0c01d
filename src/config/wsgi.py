"""The pages as a WSGI application; `config.asgi` runs it in a pool of threads."""

import os

from django.core.wsgi import get_wsgi_application

os.umask(0o077)  # what the server writes is for its own user only
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()
