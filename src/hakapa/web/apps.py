from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "hakapa.web"
    label = "web"
