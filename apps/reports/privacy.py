"""The privacy profiles, where reports look for them; they stand with the inquiries because maps keep to them, too."""

from apps.inquiries.privacy import PROFILES, SMALL_BASE, Profile, keeps_to, profile_of

__all__ = ["PROFILES", "SMALL_BASE", "Profile", "keeps_to", "profile_of"]
