from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "hakapa.demo"
    label = "demo"
