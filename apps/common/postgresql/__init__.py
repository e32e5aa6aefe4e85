"""Django's PostgreSQL backend with our pool; settings name this package as the engine."""
