from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "hakapa.accounts"
    label = "accounts"
