"""The door for a web server: refuses to open without the front-end part."""

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

from moothall.server.static import check_assets

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moothall.server.settings")
check_assets(settings.ASSETS)
application = get_wsgi_application()
