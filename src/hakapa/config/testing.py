"""A pytest plugin, loaded before Django: makes the catalogues and starts the database."""

from hakapa.config import database, messages

messages.compile_all()
database.ensure_running()
