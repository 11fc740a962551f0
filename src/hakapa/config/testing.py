"""A pytest plugin, loaded before Django: starts the database that the tests use."""

from hakapa.config import database

database.ensure_running()
