"""What the room may do and see just now: whether it votes, sees results, is looked at first."""

from django.db import transaction

from hakapa.accounts.models import User
from hakapa.labs.actions.holding import led, tell
from hakapa.labs.lifecycle import State
from hakapa.labs.models import Lab
from hakapa.process.moving import Because, record


def open_voting(lab: Lab, *, by: User) -> Lab:
    """Let the room answer, each for themselves: what others answered is hidden."""
    return _set(lab, by=by, is_voting_open=True, are_results_shown=False)


def close_voting(lab: Lab, *, by: User) -> Lab:
    """Take no more answers; those given stay."""
    return _set(lab, by=by, is_voting_open=False)


def show_results(lab: Lab, *, by: User) -> Lab:
    """Show the room how it answered; the voting is closed thereby."""
    return _set(lab, by=by, is_voting_open=False, are_results_shown=True)


def hide_results(lab: Lab, *, by: User) -> Lab:
    """Show the room its questions again."""
    return _set(lab, by=by, are_results_shown=False)


def look_first(lab: Lab, *, by: User, first: bool) -> Lab:
    """Let what people write wait until a lab leader has looked, or show it at once."""
    return _set(lab, by=by, is_moderated=first)


@transaction.atomic
def _set(lab: Lab, *, by: User, **wanted: bool) -> Lab:
    """Make it so; when it already is, nothing happens."""
    locked = led(lab, by=by, states=(State.RUNNING,))
    changed = {name: value for name, value in wanted.items() if getattr(locked, name) != value}
    if changed:
        for name, value in changed.items():
            setattr(locked, name, value)
        locked.save(update_fields=list(changed))
        record(locked, "arrange", by=by, because=Because(details=dict(changed)))
        tell(locked, "step")
    return locked
