"""What the addresses of the registers need: papers that went out."""

from __future__ import annotations

from nenep.documents.issuing import Sent, issue
from nenep.shared.dates import today
from nenep.shared.words import day_words


def branch_that_issues(world, owner):
    bloc = world.bloc
    return {"body_id": bloc.branch.pk, "above": bloc.organization.pk, "day": day_words(today())}


def paper_of_branch(world, owner):
    return {"pk": issue_from(world.bloc.branch).pk}


def issue_from(body, *recipients):
    """A paper of today to these bodies, for them to carry out."""
    sent = [Sent(f"Nơi nhận {number}", "carry_out", body_id=one.pk) for number, one in enumerate(recipients, 1)]
    return issue(body, "BC", day=today(), subject="tình hình tháng", recipients=sent, organization="CB", by=None)
