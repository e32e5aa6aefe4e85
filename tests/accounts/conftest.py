import pytest


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    """Hashing a password costs a third of a second on purpose; not in every test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
