import rules

from hakapa.accounts import queries
from hakapa.accounts.models import AnyUser, Organisation


@rules.predicate
def runs_the_site(user: AnyUser) -> bool:
    return user.is_authenticated and user.is_staff


@rules.predicate
def administers(user: AnyUser, organisation: Organisation) -> bool:
    return queries.administers(user, organisation.pk)


rules.add_perm("accounts.add_organisation", runs_the_site)
rules.add_perm("accounts.appoint_organisation", administers | runs_the_site)
