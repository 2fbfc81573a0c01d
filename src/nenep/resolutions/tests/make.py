"""Drafts for tests, written by the real verbs."""

from __future__ import annotations

from nenep.resolutions.models import Resolution
from nenep.resolutions.operations import draft, put_to_vote


def make_draft(meeting, *targets, **texts):
    """Write the draft of a meeting, or write it again from where it stands."""
    row = Resolution.objects.filter(meeting=meeting).first()
    usual = {
        "title": "việc tháng tới",
        "review": "",
        "direction": "Làm xong việc còn lại.",
        "organization": "",
    }
    seen = row.revision if row else 0
    return draft(meeting, targets=targets, **{"seen_revision": seen, "by": None, **usual, **texts})


def make_vote(resolution, *, votes_for, against=0):
    return put_to_vote(resolution, votes_for=votes_for, votes_against=against, votes_other=0, by=None)
