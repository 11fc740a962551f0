"""The settings are read in a process of their own, as they are when the site starts."""

import json
import os
import subprocess
import sys

import pytest

SAFE = {
    "HAKAPA_PRODUCTION": "1",
    "HAKAPA_SECRET_KEY": "k" * 50,
    "HAKAPA_ALLOWED_HOSTS": "hakapa.example.se",
}
ASK = """
import json, sys
from hakapa.config import settings
print(json.dumps([getattr(settings, name) for name in sys.argv[1:]], default=str))
"""


def read(names, **variables):
    """Return the settings as a site with only these variables has them."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HAKAPA_")}
    return subprocess.run(  # noqa: S603
        [sys.executable, "-c", ASK, *names.split()],
        env=kept | variables,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def settings_of(names, **variables):
    done = read(names, **variables)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(
    "unsafe",
    [
        {"HAKAPA_SECRET_KEY": "insecure-development-key"},
        {"HAKAPA_ALLOWED_HOSTS": "*"},
        {"HAKAPA_ALLOWED_HOSTS": "hakapa.example.se,*"},
        {"HAKAPA_DEBUG": "1"},
    ],
)
def test_production_refuses_an_insecure_setting(unsafe):
    done = read("DEBUG", **SAFE | unsafe)

    assert done.returncode == 1
    assert "ImproperlyConfigured: HAKAPA_PRODUCTION is set" in done.stderr


@pytest.mark.parametrize("missing", ["HAKAPA_SECRET_KEY", "HAKAPA_ALLOWED_HOSTS"])
def test_production_refuses_to_start_without_values_of_its_own(missing):
    done = read("DEBUG", **{name: v for name, v in SAFE.items() if name != missing})

    assert done.returncode == 1
    assert "values of your own" in done.stderr


def test_production_is_served_over_https_only():
    names = (
        "DEBUG SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS "
        "SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_PROXY_SSL_HEADER ALLOWED_HOSTS"
    )

    assert settings_of(names, **SAFE) == [
        False, True, True, 31_536_000, True, ["HTTP_X_FORWARDED_PROTO", "https"],
        ["hakapa.example.se"],
    ]  # fmt: skip


def test_at_home_nothing_needs_to_be_said():
    names = "DEBUG PRODUCTION SESSION_COOKIE_SECURE SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS"

    assert settings_of(names) == [False, False, False, False, 0]


def test_the_database_is_where_its_address_says():
    (databases,) = settings_of(
        "DATABASES", DATABASE_URL="postgresql://eva:hemlig@db.example.se:5433/hakapa"
    )

    told = {name: databases["default"][name] for name in ("HOST", "PORT", "NAME", "USER")}
    assert told == {"HOST": "db.example.se", "PORT": 5433, "NAME": "hakapa", "USER": "eva"}
    assert databases["default"]["OPTIONS"]["pool"] == {"min_size": 1, "max_size": 20}


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("smtp://mail.example.se", ["mail.example.se", 587, "", "", False]),
        (
            "smtp+tls://eva:hemlig@mail.example.se:25",
            ["mail.example.se", 25, "eva", "hemlig", True],
        ),
    ],
)
def test_mail_goes_where_its_address_says(address, expected):
    names = "EMAIL_HOST EMAIL_PORT EMAIL_HOST_USER EMAIL_HOST_PASSWORD EMAIL_USE_TLS"

    assert settings_of(names, HAKAPA_EMAIL_URL=address) == expected


def test_mail_goes_to_files_at_home(tmp_path):
    backend, folder = settings_of("EMAIL_BACKEND EMAIL_FILE_PATH", HAKAPA_VAR=str(tmp_path))

    assert backend == "django.core.mail.backends.filebased.EmailBackend"
    assert folder == str(tmp_path / "mail")
