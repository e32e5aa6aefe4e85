from tests.accounts.conftest import inquiry, quick_passwords

__all__ = ["inquiry", "quick_passwords"]
