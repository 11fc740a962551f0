"""Whoever tries Hakapå at home is told where the mail lies."""

import pytest

from hakapa.kernel.tests.pages import address, main_of

KEPT = "lies as files in the folder var/mail"
TO_FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("backend", "production", "is_told"),
    [
        (TO_FILES, False, True),
        (TO_FILES, True, False),
        ("django.core.mail.backends.smtp.EmailBackend", False, False),
    ],
)
def test_where_mail_lies_is_told_where_there_is_no_mail_server(
    client, settings, backend, production, is_told
):
    settings.EMAIL_BACKEND, settings.PRODUCTION = backend, production

    for name in ("account_email_verification_sent", "account_reset_password_done"):
        assert (KEPT in main_of(client.get(address(name)))) == is_told
