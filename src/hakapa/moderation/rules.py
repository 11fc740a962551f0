import rules

from hakapa.accounts.models import AnyUser
from hakapa.accounts.rules import runs_the_site
from hakapa.moderation.models import Case


@rules.predicate
def moderates(user: AnyUser, case: Case) -> bool:
    return runs_the_site.test(user)


rules.add_perm("moderation.view_case", moderates)
rules.add_perm("moderation.hide_case", moderates)
rules.add_perm("moderation.leave_case", moderates)
