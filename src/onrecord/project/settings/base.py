"""What holds in every installation."""

import os
from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP

from onrecord.project import logs
from onrecord.project.discovery import installed_apps, static_folders, template_folders
from onrecord.project.serving import is_loopback_only, served_hosts
from onrecord.project.signing_in import (
    context_words,
    provider_address,
    second_factor_for,
    steps_either_side,
)

PACKAGE = Path(__file__).resolve().parents[2]
DEBUG = False
LOGGING = logs.LOGGING

# Who may be asked for, and how careful cookies must be
ALLOWED_HOSTS = served_hosts(os.environ)
IS_LOOPBACK_ONLY = is_loopback_only(ALLOWED_HOSTS)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not IS_LOOPBACK_ONLY
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_ENGINE = "onrecord.apps.signing_in.sessions"
_BOUND = "" if IS_LOOPBACK_ONLY else "__Host-"  # no other host, and no part of a path, can set it
SESSION_COOKIE_NAME = f"{_BOUND}onrecord-session"
CSRF_COOKIE_NAME = f"{_BOUND}onrecord-form"
# How long a sign-in lasts is set in the pages, and never longer than this (`apps/settings`).
SESSION_COOKIE_AGE = int(timedelta(hours=24).total_seconds())
# Where the operator says so, it is asked of every account; or of the named roles, with commas between
# them; or, in a demonstration, `none`. Else what is set in the pages holds: everybody, until changed.
SECOND_FACTOR = second_factor_for(os.environ.get("ONRECORD_SECOND_FACTOR", ""))
# A code from an app is good in its own half-minute; 1 takes one more either side, for clocks that differ.
CODE_STEPS_EITHER_SIDE = steps_either_side(os.environ.get("ONRECORD_CODE_STEPS", "0"))
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SECURE_SSL_REDIRECT = not IS_LOOPBACK_ONLY
SECURE_HSTS_SECONDS = 0 if IS_LOOPBACK_ONLY else int(timedelta(days=365).total_seconds())
SECURE_HSTS_INCLUDE_SUBDOMAINS = not IS_LOOPBACK_ONLY
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if os.environ.get("ONRECORD_BEHIND_PROXY") == "1":
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "procrastinate.contrib.django",
    "onrecord.project",
    *installed_apps(),
]
MIDDLEWARE = [
    "onrecord.project.middleware.RequestLog",
    "onrecord.project.middleware.KeysInClear",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "onrecord.web.session_limits.SessionLimits",
    "onrecord.project.middleware.LoginRequired",
    "onrecord.web.permitting.Permitted",
    "onrecord.project.middleware.NoStore",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "onrecord.web.errors.ErrorPages",
]
ROOT_URLCONF = "onrecord.project.urls"
WSGI_APPLICATION = "onrecord.project.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASE_ROUTERS = ["onrecord.project.database.Router"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": template_folders(),
        "APP_DIRS": False,
        "OPTIONS": {
            "environment": "onrecord.web.templating.environment",
            "context_processors": [
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# Signing in
AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = [
    "onrecord.apps.signing_in.throttling.Slowed",
    "onrecord.apps.signing_in.backends.Passwords",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation."
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": _VALIDATION + "UserAttributeSimilarityValidator"},
    {"NAME": _VALIDATION + "MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": _VALIDATION + "CommonPasswordValidator"},
    {"NAME": "onrecord.apps.access.breached.NotBreached"},
    {"NAME": "onrecord.apps.access.context_words.MoreThanNames", "OPTIONS": {"min_length": 12}},
]
# Names of the town and the service, beyond those of the organisations on record and of the product.
CONTEXT_WORDS = context_words(os.environ.get("ONRECORD_CONTEXT_WORDS", ""))
# The organisation's own OpenID Connect provider, for accounts that exist; empty where there is none.
OPENID_ISSUER = provider_address(os.environ.get("ONRECORD_OPENID_ISSUER", ""))
OPENID_CLIENT_ID = os.environ.get("ONRECORD_OPENID_CLIENT_ID", "")
OPENID_CLIENT_SECRET = os.environ.get("ONRECORD_OPENID_CLIENT_SECRET", "")
OPENID_NAME = os.environ.get("ONRECORD_OPENID_NAME", "your organisation")
CSRF_FAILURE_VIEW = "onrecord.web.errors.stale_form"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "accounts:sign-in"

# Words, dates and time: stored in UTC, shown as in London
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = True
USE_TZ = True

# Files to serve
STATIC_URL = "/static/"
STATIC_ROOT = os.environ.get("ONRECORD_STATIC_ROOT")
STATICFILES_DIRS = static_folders()
# What is served was collected under hashed names; a command that only renders needs none of it.
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "onrecord.project.static_files.HashedFiles"
        if STATIC_ROOT
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = STATIC_ROOT is None
WHITENOISE_AUTOREFRESH = False
# What uploads are shown to first; empty where no scanner is set up
SCANNER = os.environ.get("ONRECORD_SCANNER", "")
FILE_UPLOAD_HANDLERS = [
    "onrecord.project.uploads.Limited",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024

# Jobs: every app's `tasks` module is found
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# E-mail: who takes it (smtp://… with STARTTLS beyond this machine, smtps://…), and from whom.
# Without a mailer people are told in the pages only. No e-mail holds anything about anybody.
MAILER_URL = os.environ.get("ONRECORD_MAILER_URL", "")
MAIL_FROM = os.environ.get("ONRECORD_MAIL_FROM", "onrecord@localhost")
SITE_URL = os.environ.get("ONRECORD_SITE_URL", "")
