from django.apps import AppConfig


class ResponsesConfig(AppConfig):
    name = "apps.responses"
