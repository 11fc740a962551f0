from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _in_swedish() -> Iterator[None]:
    """Start each test in the site's first language, whatever page the last one opened."""
    with translation.override("sv"):
        yield
