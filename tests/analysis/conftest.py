"""A busy machine is no wrong number: properties are tried without a clock."""

from hypothesis import settings

settings.register_profile("numbers", deadline=None)
settings.load_profile("numbers")
