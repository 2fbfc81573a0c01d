"""Builders for tests of notices; members and bodies come from their own modules."""

from nenep.notices.operations import notify


def make_notice(member, *, title="Mời họp chi bộ tháng 11", body=None, by=None, **facts):
    return notify([member.pk], kind="test.told", title=title, body=body, by=by, **facts)[0]
