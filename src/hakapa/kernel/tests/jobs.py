"""Tasks for the tests of working."""

from django_tasks import task

from hakapa.kernel.models import Turn


@task(backend="queue")
def note(what: str) -> None:
    """Write down that it was done."""
    Turn.objects.create(job=what)
