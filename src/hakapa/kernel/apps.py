from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "hakapa.kernel"
    label = "kernel"
