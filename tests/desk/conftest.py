from tests.accounts.conftest import inquiry, steady_app

__all__ = ["inquiry", "steady_app"]
