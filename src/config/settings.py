"""The one settings file. What differs between installations comes from the environment (docs/settings.md)."""

import sys
from datetime import timedelta
from pathlib import Path

from config import environment as env

ROOT = Path(__file__).resolve().parents[2]
DATA = Path(env.text("NENEP_DATA", str(ROOT / "var"))).resolve()
env.load(DATA)
PROFILE = env.profile(DATA)
TESTING = "pytest" in sys.modules

DEBUG = False
SECRET_KEY = "only-for-tests" if TESTING else env.secret_key(DATA)
ALLOWED_HOSTS = env.words(
    "NENEP_HOSTS", "127.0.0.1,localhost,[::1],testserver" if PROFILE == "demo" or TESTING else ""
)
HTTPS = env.flag("NENEP_HTTPS", default=PROFILE == "production" and not TESTING)
# The demo is a module of its own that must not exist in production.
DEMO = PROFILE == "demo" or TESTING

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",  # so that our own templates draw the fields
    "template_partials",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    *(["nenep.demo"] if DEMO else []),
    "nenep.home",
    "nenep.installation",
    "nenep.importers",
    "nenep.reports",
    "nenep.returns",
    "nenep.calendars",
    "nenep.rooms",
    "nenep.preparing",
    "nenep.studies",
    "nenep.discussions",
    "nenep.directives",
    "nenep.assignments",
    "nenep.resolutions",
    "nenep.ballots",
    "nenep.votes",
    "nenep.quality",
    "nenep.guidance",
    "nenep.concerns",
    "nenep.briefings",
    "nenep.visits",
    "nenep.plans",
    "nenep.meetings",
    "nenep.arrivals",
    "nenep.documents",
    "nenep.files",
    "nenep.facts",
    "nenep.search",
    "nenep.notices",
    "nenep.privacy",
    "nenep.live",
    "nenep.access",
    "nenep.people",
    "nenep.organizations",
    "nenep.rulebook",
    "nenep.journal",
    "nenep.shared",
]
# A module is installed from the day its package exists.
INSTALLED_APPS = [
    app
    for app in INSTALLED_APPS
    if not app.startswith("nenep.") or (ROOT / "src" / app.replace(".", "/") / "apps.py").exists()
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nenep.shared.compression.CompressedPages",
    "nenep.shared.headers.PermissionsPolicy",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "nenep.shared.kept_forms.KeptForms",
    "nenep.shared.asides.Asides",
    "nenep.access.middleware.ViewerMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "nenep.access.middleware.SignInMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "nenep.access.middleware.SecondFactorMiddleware",
    "nenep.shared.numbers.KeysThatExist",
    "nenep.shared.methods.OnlyFormMethods",
    "nenep.shared.moved_on.MovedOnMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "nenep.notices.context.unread_notices",
                "nenep.home.context.surroundings",
            ],
            "builtins": ["template_partials.templatetags.partials"],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
        },
    }
]

DATABASES = {"default": env.database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Sign-in limits must hold across processes; the database is there anyway.
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
    if TESTING
    else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_cache"},
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["nenep.shared.formats"]
FORM_RENDERER = "nenep.shared.forms.Renderer"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = DATA / "static"
# Served straight from the sources: set-up needs no collectstatic step. Production may collect and compress.
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
# Vendored files carry their version in the path, the subset of Tabler a mark of its content.
WHITENOISE_IMMUTABLE_FILE_TEST = r"^/static/vendor/"

# --- Safety -----------------------------------------------------------------------------------------------
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# How long a sign-in lasts without use and altogether; the short ones for roles that say so in roles.yml.
SESSION_IDLE = timedelta(minutes=env.whole_number("NENEP_IDLE_MINUTES", 12 * 60, least=1))
SESSION_LONGEST = timedelta(days=env.whole_number("NENEP_SESSION_DAYS", 30, least=1))
SHORT_SESSION_IDLE = timedelta(minutes=env.whole_number("NENEP_OFFICER_IDLE_MINUTES", 30, least=1))
SHORT_SESSION_LONGEST = timedelta(hours=env.whole_number("NENEP_OFFICER_SESSION_HOURS", 12, least=1))
SESSION_COOKIE_AGE = int(max(SESSION_LONGEST, SHORT_SESSION_LONGEST).total_seconds())
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "nenep.access.unsent.stale"
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = True
    # Asked by a machine beside this one, in the clear.
    SECURE_REDIRECT_EXEMPT = ["^health$", "^ready$"]
    SECURE_HSTS_SECONDS = int(timedelta(days=365).total_seconds())
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "." in host] if HTTPS else []

# What a device can do and our pages never ask for; a name that Chromium does not know is a warning on every page.
# Passkeys, copying and printing stay allowed.
POWERS_NOT_USED = [
    *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
    *("idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment", "serial", "usb"),
    "xr-spatial-tracking",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}

# --- Sign-in (allauth); the module `access` owns accounts --------------------------------------------------
AUTH_USER_MODEL = "access.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    # Tests open hundreds of accounts; Argon2 is slow by design.
    *(["django.contrib.auth.hashers.MD5PasswordHasher"] if TESTING else []),
    "django.contrib.auth.hashers.Argon2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "nenep.access.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = True
# "login_failed" counts a name from one address, "login_failed_anywhere" a name from all of them.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "5/5m/key",
    "login_failed_anywhere": "50/5m/key",
    "activation": "10/m/ip,60/h/ip",
    "check_in": "6/m/user",
}
# Limits count addresses of people, not that of the web server in front of us.
ALLAUTH_TRUSTED_PROXY_COUNT = env.whole_number("NENEP_PROXIES", 1 if HTTPS else 0)
ACCOUNT_FORMS = {
    "login": "nenep.access.signin_forms.LoginForm",
    "change_password": "nenep.access.signin_forms.ChangePasswordForm",
    "reauthenticate": "nenep.access.signin_forms.ReauthenticateForm",
}
MFA_ADAPTER = "nenep.access.adapters.FactorAdapter"
MFA_FORMS = {
    "authenticate": "nenep.access.signin_forms.AuthenticateForm",
    "reauthenticate": "nenep.access.signin_forms.FactorReauthenticateForm",
    "activate_totp": "nenep.access.signin_forms.ActivateAppForm",
    "add_webauthn": "nenep.access.signin_forms.AddKeyForm",
    "edit_webauthn": "nenep.access.signin_forms.EditKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Nền nếp"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = PROFILE == "demo"
# Officers and secretaries must hold a second factor; off where people only try the program out.
SECOND_FACTOR_DEMANDED = env.flag("NENEP_SECOND_FACTOR", default=PROFILE == "production" and not TESTING)

# Whom a person may call; shown at the foot of every page.
_sample = ("Nguyễn Văn Mẫu, Văn phòng Đảng ủy", "0900 000 000") if PROFILE == "demo" else ("", "")
_helper = env.text("NENEP_HELP_NAME", _sample[0]), env.text("NENEP_HELP_PHONE", _sample[1])
HELP_CONTACT = {"name": _helper[0], "phone": _helper[1]} if all(_helper) else None

# --- Mail and jobs ------------------------------------------------------------------------------------------
EMAIL_HOST = env.text("NENEP_MAIL_HOST")
EMAIL_PORT = env.whole_number("NENEP_MAIL_PORT", 25)
EMAIL_HOST_USER = env.text("NENEP_MAIL_USER")
EMAIL_HOST_PASSWORD = env.text("NENEP_MAIL_PASSWORD")
EMAIL_USE_TLS = env.flag("NENEP_MAIL_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("NENEP_MAIL_FROM", "nen-nep@localhost")
# Without a mail server nothing is sent, and the delivery record says so.
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend"
    if EMAIL_HOST
    else "django.core.mail.backends.dummy.EmailBackend"
)
# Telling browsers by Web Push. Off unless somebody chose it: the server must then reach the services of browser makers.
PUSH = env.flag("NENEP_PUSH", default=False)
PUSH_HOSTS = env.words(
    "NENEP_PUSH_HOSTS",
    "fcm.googleapis.com,push.services.mozilla.com,push.apple.com,notify.windows.com",
)
PUSH_KEY_FILE = DATA / "push_key"
# Digital signatures of PDF files: a key file or a token, of an installation that has one.
SIGN_KEY_FILE = env.file("NENEP_SIGN_KEY_FILE")
SIGN_PASSPHRASE = env.text("NENEP_SIGN_PASSPHRASE")
SIGN_TOKEN_LIBRARY = env.file("NENEP_SIGN_TOKEN_LIBRARY")
SIGN_TOKEN_LABEL = env.text("NENEP_SIGN_TOKEN_LABEL")
SIGN_TOKEN_CERTIFICATE = env.text("NENEP_SIGN_TOKEN_CERTIFICATE")
# Where people find this installation: stands in mails and on printed slips.
SITE_ADDRESS = env.text(
    "NENEP_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if HTTPS and ALLOWED_HOSTS else "http://127.0.0.1:8000"
).rstrip("/")
# The embedded default runs the worker as a thread of the server; beside PostgreSQL it is a process.
EMBEDDED_WORKER = env.flag("NENEP_EMBEDDED_WORKER", default=not env.text("DATABASE_URL"))

# --- Files --------------------------------------------------------------------------------------------------
FILES_ROOT = DATA / "files"
LOCAL_PACKS = env.folder("NENEP_PACKS")
FILE_MAX_BYTES = env.whole_number("NENEP_FILE_MAX_MB", 20) * 1024 * 1024
FILES_QUOTA_BYTES = env.whole_number("NENEP_BODY_QUOTA_MB", 2000) * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600
# The program that reads letters from images, with its own options; none: images are not read.
OCR_ENGINE = env.command("NENEP_OCR")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"secret_addresses": {"()": "nenep.shared.logs.SecretAddresses"}},
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "plain", "filters": ["secret_addresses"]}
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
