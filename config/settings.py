"""One file that reads top to bottom. Every name taken from the environment is listed in README.md."""

from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from apps.common.embedded import connection_settings
from config.environment import allowed_hosts, data_dir, database, email, env, host_of, read, secret_key, site_url, stop

# --- The environment -------------------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir(BASE_DIR / "var")
DEBUG = read(env.bool, "DEBUG", False)
HOST = read(env.str, "HOST", "127.0.0.1")
PORT = read(env.int, "PORT", 8000)
if not 1 <= PORT <= 65535:
    stop(f"PORT must lie between 1 and 65535, not {PORT}.")
WEB_WORKERS = read(env.int, "WEB_WORKERS", 2)
SITE_URL = site_url(HOST, PORT)
SECRET_KEY = secret_key(DATA_DIR)
SECRET_KEY_FALLBACKS: list[str] = read(env.list, "SECRET_KEY_FALLBACKS", [])
SITE_HOST = host_of(SITE_URL)
ALLOWED_HOSTS = allowed_hosts(SITE_HOST)
SECURE_SITE = SITE_URL.startswith("https://")
if not 1 <= WEB_WORKERS <= 64:
    stop(f"WEB_WORKERS must lie between 1 and 64, not {WEB_WORKERS}.")

# --- The rooms -------------------------------------------------------------------------------------------------------

ROOT_URLCONF = "config.urls"
FRAMED_URLCONF = "config.framed_urls"  # the same names for pages inside other sites
WSGI_APPLICATION = "config.wsgi.application"
INSTALLED_APPS = [
    "apps.common",
    "apps.accounts",
    "apps.inquiries",
    "apps.participants",
    "apps.surveys",
    "apps.responses",
    "apps.debates",
    "apps.reports",
    "apps.reader",
    "apps.desk",
    "apps.api",
    "apps.accounts.apps.OperatorsAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "django_htmx",
    "procrastinate.contrib.django",
]

# The reader's path stays thin: what only staff need looks at the address first and steps aside.
MIDDLEWARE = [
    "apps.common.middleware.PageHeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "apps.common.middleware.LanguageMiddleware",
    "apps.common.middleware.StrictRequestMiddleware",
    "apps.common.middleware.StaffSecurityMiddleware",
    "apps.common.middleware.StaffSessionMiddleware",
    "apps.common.middleware.StaffCommonMiddleware",
    "apps.common.middleware.StaffCsrfMiddleware",
    "apps.common.middleware.StaffAuthenticationMiddleware",
    "apps.accounts.sessions.StaffSessionRulesMiddleware",
    "apps.common.middleware.StaffMessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "apps.common.middleware.StaffUserSessionsMiddleware",
    "apps.common.middleware.StaffHtmxMiddleware",
    "apps.common.middleware.StaffFrameMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.common.context.site",
            ],
            "builtins": ["apps.common.templatetags.toikake"],
        },
    }
]
CRISPY_ALLOWED_TEMPLATE_PACKS = ["toikake"]
CRISPY_TEMPLATE_PACK = "toikake"

# --- Data ------------------------------------------------------------------------------------------------------------

DATABASE_URL = read(env.str, "DATABASE_URL", "")
EMBEDDED_DATABASE = not DATABASE_URL
PLACE: dict[str, Any] = database(DATABASE_URL) if DATABASE_URL else connection_settings(DATA_DIR)
# Connections are kept: opening one for each request costs seven to nine times a whole request.
DATABASES = {
    "default": {
        **PLACE,
        "ENGINE": "apps.common.postgresql",
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": True,
        # The statements of the answers' ledger are prepared at their second use; Django's own never are.
        "OPTIONS": {
            **PLACE.get("OPTIONS", {}),
            "prepare_threshold": 1,
            "pool": {"min_size": 1, "max_size": 8, "timeout": 10},
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "common_cache",
    }
}

# --- Languages and time ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ja"
FORMAT_MODULE_PATH = ["apps.common.formats"]
LANGUAGES = [("ja", _("Japanese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"

# --- Static files ----------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "apps.common.hashed_files.HashedFiles"},
}
WHITENOISE_USE_FINDERS = False
WHITENOISE_KEEP_ONLY_HASHED_FILES = True


def for_any_page(headers: Any, path: str, url: str) -> None:
    """A frame that a site has shut off counts as a foreign page, and still gets its look."""
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"


WHITENOISE_ADD_HEADERS_FUNCTION = for_any_page

# --- Safety ----------------------------------------------------------------------------------------------------------

DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_SITE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_SITE
SECURE_HSTS_PRELOAD = False
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_SITE else None
SESSION_COOKIE_SECURE = SECURE_SITE
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-toikake-staff" if SECURE_SITE else "toikake-staff"
SESSION_COOKIE_AGE = 3 * 60 * 60
SESSION_SAVE_EVERY_REQUEST = True
CSRF_COOKIE_SECURE = SECURE_SITE
CSRF_USE_SESSIONS = True
CSRF_TRUSTED_ORIGINS = [SITE_URL]
X_FRAME_OPTIONS = "DENY"
# The site may sit behind a proxy that redirects to HTTPS itself; redirecting here would loop.
SILENCED_SYSTEM_CHECKS = [
    "security.W008",
    "security.W021",
    # These look for three of Django's middlewares by name; ours do the same work, the readers' and the staff's share
    # apart (apps.common.middleware, tried in tests/common/test_middleware.py).
    "security.W001",
    "security.W002",
    "security.W003",
]

# --- Staff sign-in ---------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "desk:home"
ACCOUNT_ADAPTER = "apps.accounts.adapters.StaffAccountAdapter"
ACCOUNT_FORMS = {
    "login": "apps.accounts.forms.StaffLoginForm",
    "change_password": "apps.accounts.forms.StaffChangePasswordForm",
    "reauthenticate": "apps.accounts.forms.ConfirmByPasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = False  # three idle hours end a session, whatever one ticks
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
MFA_ADAPTER = "apps.accounts.adapters.StaffMFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_FORMS = {
    "authenticate": "apps.accounts.forms.SecondStepForm",
    "reauthenticate": "apps.accounts.forms.ConfirmByCodeForm",
    "activate_totp": "apps.accounts.forms.ActivateAppForm",
    "add_webauthn": "apps.accounts.forms.AddPasskeyForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODE_DIGITS = 10
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_SITE
USERSESSIONS_TRACK_ACTIVITY = False
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Mail and jobs ---------------------------------------------------------------------------------------------------

vars().update({name: value for name, value in email().items() if name.startswith("EMAIL_")})
DEFAULT_FROM_EMAIL = f"toikake@{SITE_HOST}"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# --- Logs: never an address, never an answer -------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {
            "()": "apps.common.logs.DiscreetFormatter",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain"},
        "nowhere": {"class": "logging.NullHandler"},  # no handler at all would mean Python's last resort, stderr
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        "django.request": {"level": "ERROR"},  # an address that is not there is nobody's fault, and may say something
        # Host headers and addresses of bad requests are personal data of readers, and each would be a page of traces;
        # counting them helps nobody. Forms of staff that were refused are another matter.
        "django.security": {"handlers": ["nowhere"], "propagate": False},
        "django.security.csrf": {"handlers": ["stderr"], "propagate": False},
        "procrastinate": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
