"""Settings of one installation, read from the environment.

`TAAWUN_DEMO=1` opens what only a demonstration may have: the settable clock and the sign-in links. It is
refused unless the server listens on loopback (`taawun demo` sees to it).
"""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from environs import Env

env = Env()

PACKAGE = Path(__file__).resolve().parent.parent
BASE_DIR = PACKAGE.parent.parent
VAR_DIR = Path(env.str("TAAWUN_VAR", str(BASE_DIR / "var")))

DEMO = env.bool("TAAWUN_DEMO", False)
# Units of the map drawn as part of another, where this installation's authorities draw them so: EH:MA
MAP_JOINED: list[str] = env.list("TAAWUN_MAP_JOINED", [])
TESTING = env.bool("TAAWUN_TESTING", False)
DEBUG = False

SECRET_KEY = env.str("TAAWUN_SECRET_KEY", "")
if not SECRET_KEY:
    if not (DEMO or TESTING):
        raise ImproperlyConfigured(
            "TAAWUN_SECRET_KEY is not set: choose a long random value and keep it secret."
        )
    SECRET_KEY = "for-the-demonstration-on-this-machine-alone"  # noqa: S105 (never in production: refused above)

ALLOWED_HOSTS = env.list("TAAWUN_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("TAAWUN_ORIGINS", [])

INSTALLED_APPS = [
    "taawun.ui",  # first: its templates stand before those of the apps below
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "csp",
    "pgtrigger",
    "procrastinate.contrib.django",
    "taawun.foundation",
    "taawun.papers",
    "taawun.search",
    "taawun.reference",
    "taawun.directory",
    "taawun.notices",
    "taawun.batches",
    "taawun.figures",
    "taawun.cycle",
    "taawun.letters",
    "taawun.governance",
    "taawun.lessons",
    "taawun.meetings",
    "taawun.planning",
    "taawun.agreements",
    "taawun.monitoring",
    "taawun.evaluation",
    "taawun.interchange",
    "taawun.workspace",
    "taawun.api",
]
# A room enters the house when its first feature is built.
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if not app.startswith("taawun.") or (PACKAGE / app.partition(".")[2] / "__init__.py").exists()
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "taawun.foundation.middleware.methods",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "taawun.foundation.middleware.language",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "taawun.foundation.middleware.readers_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "taawun.foundation.middleware.clock",
]

ROOT_URLCONF = "taawun.config.urls"
WSGI_APPLICATION = "taawun.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "taawun.ui.context.chrome",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "taawun.ui.templatetags.ui",
            ],
        },
    }
]

DATABASES = {"default": env.dj_db_url("DATABASE_URL", "postgresql:///taawun")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = 0
# A connection that died with the database must not become a reader's error page.
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if env.bool("TAAWUN_POOL", False):
    DATABASES["default"]["OPTIONS"] = {"pool": {"min_size": 1, "max_size": env.int("TAAWUN_POOL_MAX", 8)}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# ── Who signs in ──
AUTH_USER_MODEL = "foundation.User"
AUTHENTICATION_BACKENDS = ["taawun.foundation.accounts.Backend"]
ACCOUNT_ADAPTER = "taawun.foundation.accounts.ClosedAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
LOGIN_REDIRECT_URL = "/desk/"
LOGIN_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (DEMO or TESTING)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}

# ── Languages: English source, French and Arabic complete ──
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("fr", _("French")), ("ar", _("Arabic"))]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "taawun_language"
FORMAT_MODULE_PATH = ["taawun.ui.formats"]
USE_TZ = True
TIME_ZONE = "UTC"

# ── Files ──
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
MEDIA_ROOT = VAR_DIR / "files"
# An agency's own rating rule sets, beside those that come with the program (docs/how-to/rating-rules.md).
RATINGS_ROOT = Path(env.str("TAAWUN_RATINGS", str(VAR_DIR / "ratings")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if TESTING
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = TESTING
WHITENOISE_MAX_AGE = 31536000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
MAX_UPLOAD_BYTES = env.int("TAAWUN_MAX_UPLOAD", 20 * 1024 * 1024)
MAX_XML_BYTES = env.int("TAAWUN_MAX_XML", 250 * 1024 * 1024)  # files of published activities
FILE_UPLOAD_HANDLERS = [
    "taawun.papers.uploads.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

# The model by which search finds what is near in meaning (docs/how-to/meaning.md); "": words alone.
MEANING = env.str("TAAWUN_MEANING", "")

# ── Mail and jobs ──
EMAIL_BACKEND = env.str(
    "TAAWUN_EMAIL_BACKEND",
    "django.core.mail.backends.filebased.EmailBackend" if DEMO else "taawun.foundation.smtp.EmailBackend",
)
EMAIL_FILE_PATH = VAR_DIR / "mail"
EMAIL_HOST, EMAIL_PORT = env.str("TAAWUN_SMTP_HOST", "localhost"), env.int("TAAWUN_SMTP_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = env.str("TAAWUN_SMTP_USER", ""), env.str("TAAWUN_SMTP_PASSWORD", "")
EMAIL_USE_TLS = env.bool("TAAWUN_SMTP_TLS", False)
EMAIL_TIMEOUT = 60  # a mail server that says nothing must not hold the worker for ever
# A mail server that cannot be met: tried again after so many minutes, then by the last number, for so many hours.
MAIL_TRIED_AFTER_MINUTES = env.list("TAAWUN_MAIL_TRIES", [1, 5, 15, 60], subcast=int)
MAIL_TRIED_FOR_HOURS = env.int("TAAWUN_MAIL_TRIED_FOR_HOURS", 72)
DIGEST_HOUR = env.int("TAAWUN_DIGEST_HOUR", 5)  # UTC: from then on the digests of the day are written
DEFAULT_FROM_EMAIL = env.str("TAAWUN_FROM", "Taawun <taawun@localhost>")
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"taawun": {"level": "INFO"}},
}
