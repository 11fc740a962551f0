from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "hakapa.search"
    label = "search"
