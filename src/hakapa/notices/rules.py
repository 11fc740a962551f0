import rules

from hakapa.accounts.rules import administers, runs_the_site

# An organisation's webhooks and the address of its calendar.
rules.add_perm("notices.manage_organisation", administers | runs_the_site)
