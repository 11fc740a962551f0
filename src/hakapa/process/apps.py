from django.apps import AppConfig


class ProcessConfig(AppConfig):
    name = "hakapa.process"
    label = "process"
