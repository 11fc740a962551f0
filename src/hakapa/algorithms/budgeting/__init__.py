"""Joint funding: proportional rules that decide what a common budget pays for, and say why."""

from hakapa.algorithms.budgeting.election import Election, Project, Vote, hold
from hakapa.algorithms.budgeting.explaining import (
    Accounts,
    ProjectStory,
    VoterAccount,
    voter_account,
)
from hakapa.algorithms.budgeting.pabulib import parse_pb, read_pb
from hakapa.algorithms.budgeting.result import FundingResult, Terms, fund

__all__ = [
    "Accounts",
    "Election",
    "FundingResult",
    "Project",
    "ProjectStory",
    "Terms",
    "Vote",
    "VoterAccount",
    "fund",
    "hold",
    "parse_pb",
    "read_pb",
    "voter_account",
]
