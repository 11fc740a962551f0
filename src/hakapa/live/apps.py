from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "hakapa.live"
    label = "live"
