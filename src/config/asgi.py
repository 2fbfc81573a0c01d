"""The server entry: pages run in a small fixed pool of threads, each with one lasting database connection.

Django's own ASGI handler would open a connection per request and cost twice the time (docs/decisions.md).
"""

from a2wsgi import WSGIMiddleware

from config.wsgi import application as pages
from nenep.installation.lifespan import Serving

THREADS = 8

application = Serving(WSGIMiddleware(pages, workers=THREADS))
