"""Settings of the hall: the loopback demonstration, on SQLite or PostgreSQL.

Two variables change them: ``MOOTHALL_HOME`` (the folder of what the hall makes, default
``build``) and ``MOOTHALL_DATABASE`` (a path, or ``postgresql://…``). The hall answers on this
machine only; serving it to others needs HTTPS and its own settings first.
"""

import os
from pathlib import Path
from typing import Any

from csp.constants import NONE, SELF

from moothall.server.database import database
from moothall.server.secret import secret_key

_ROOM = Path(__file__).resolve().parents[1]
HOME = Path(os.environ.get("MOOTHALL_HOME") or _ROOM.parents[1] / "build")

SECRET_KEY = secret_key(HOME / "moothall-secret-key")
DEBUG = False
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.staticfiles",
    "csp",
    "moothall.people",
    "moothall.records",
    "moothall.bodies",
    "moothall.centre",
    "moothall.understand",
    "moothall.bridge",
    "moothall.server",
]

MIDDLEWARE = [
    "moothall.server.head.without_body",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
]

ROOT_URLCONF = "moothall.server.urls"
WSGI_APPLICATION = "moothall.server.wsgi.application"
APPEND_SLASH = False

DATABASES = {
    "default": database(os.environ.get("MOOTHALL_DATABASE") or str(HOME / "moothall.sqlite3"))
}
AUTH_USER_MODEL = "people.Person"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
MOVE_TABLE = "moothall.server.moves.TABLE"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [_ROOM / "pages"],
        "APP_DIRS": False,
        "OPTIONS": {"environment": "moothall.pages.frame.templates.environment"},
    }
]

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
ASSETS = _ROOM / "pages" / "assets"
STATICFILES_DIRS = [ASSETS, _ROOM / "pages" / "style"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "moothall.server.static.StaticStorage"},
}

USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_CODE = "en-gb"
USE_I18N = False

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        # The one inline script of the page template; see pages/frame/page.html.
        "script-src": [SELF, "'sha256-GUQ5ad8JK5KmEWmROf3LZd9ge94daqNvd8xy9YS1iDw='"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
CSRF_COOKIE_HTTPONLY = True

# The loopback demonstration speaks plain HTTP on purpose, so these checks do not apply to it.
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]

LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"terminal": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    # A page that is not there is not worth a line; a fault of ours is.
    "loggers": {"django.request": {"level": "ERROR"}},
}
