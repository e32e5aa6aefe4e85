from tests.accounts.conftest import inquiry, quick_passwords, steady_app

__all__ = ["inquiry", "quick_passwords", "steady_app"]
