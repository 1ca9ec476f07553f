"""Django's settings for the store.  The database of a case is added when the case is opened."""

SECRET_KEY = "unused: the store signs nothing"
USE_TZ = True
TIME_ZONE = "UTC"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["muster.store"]
LOGGING_CONFIG = None
#: Only the tests of pytest-django and `makemigrations` look at the default database.
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
