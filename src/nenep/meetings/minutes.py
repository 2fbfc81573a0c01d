"""The minutes: composed from what was recorded, in the parts of the official template (regulations.md 1.10)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from nenep.documents import heads
from nenep.documents.content import Heading, OfficialDocument, Paragraph
from nenep.documents.storing import as_json, from_json
from nenep.facts.operations import write_fact
from nenep.journal.heads import top_head
from nenep.journal.operations import record
from nenep.meetings import providers
from nenep.meetings.attendance import count, lines_of, online_of
from nenep.meetings.counting import count_figures, facts_of_month
from nenep.meetings.models import Correction, Meeting, MeetingFigures, MeetingKind, MeetingStatus, Minutes
from nenep.meetings.operations import open_month
from nenep.meetings.progress import meeting_day
from nenep.meetings.recording import fee_line
from nenep.meetings.rules import online_rule, rules_of
from nenep.notices.operations import notify
from nenep.people.reads import roster
from nenep.search.operations import put
from nenep.shared.dates import next_month, now
from nenep.shared.once import made_before
from nenep.shared.states import Refused, hold, move
from nenep.shared.viewer import member_of
from nenep.shared.words import day_words, moment_words, month_words

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from nenep.documents.content import Block
    from nenep.meetings.attendance import Counts, Line
    from nenep.meetings.models import AgendaItem, Vote
    from nenep.people.models import Member
    from nenep.shared.viewer import Viewer


def content_of(meeting: Meeting, kept: Minutes | None = None) -> OfficialDocument:
    """The minutes as they stand: frozen once adopted (`kept`, if the caller has them), else composed afresh.

    Corrections follow below the signatures; what was adopted stays as it is.
    """
    kept = kept or Minutes.objects.filter(meeting=meeting).first()
    if kept is None:
        return compose(meeting)
    notes = kept.corrections.select_related("by").order_by("at", "pk")
    content = from_json(kept.content)
    # What was kept before papers knew their day is set in the layout of its meeting too.
    return replace(content, day=content.day or meeting_day(meeting), added=tuple(map(_correction, notes)))


def _correction(note: Correction) -> Paragraph:
    """Who added it and when, since nobody signs it."""
    who = _(", đồng chí %(name)s") % {"name": note.by.full_name} if note.by else ""
    return Paragraph(
        note.text, lead=_("Đính chính lúc %(at)s%(who)s:") % {"at": moment_words(note.at), "who": who}
    )


@transaction.atomic
def adopt_minutes(
    meeting: Meeting, *, votes_for: int, speakers: int | None = None, by: Viewer | None
) -> Meeting | None:
    """Freeze the minutes, count the month's figures, and open the next month born filled; returns that meeting.

    A thematic meeting opens none: its month's regular meeting may still be ahead.
    More than half of those present must agree; the number of speakers is kept, never who they were.
    """
    hold(
        meeting,
        MeetingStatus.CLOSED,
        says=_("Biên bản chỉ thông qua được một lần, sau khi kết thúc thảo luận."),
    )
    require_majority(meeting, votes_for=votes_for, speakers=speakers)
    content = replace(compose(meeting, votes_for=votes_for), note=journal_head())
    move(meeting, MeetingStatus.ADOPTED)
    minutes = Minutes.objects.create(
        meeting=meeting, content=as_json(content), adopted_at=now(), votes_for=votes_for
    )
    put(minutes)
    # What was typed at the reading back stands above what the room counted.
    keep_figures(meeting, **({} if speakers is None else {"speakers": speakers}))
    # Before the event: planning locks the branch and then its chain, and so must everybody.
    is_regular = meeting.kind == MeetingKind.REGULAR
    following = open_month(meeting.body_id, month=next_month(meeting.month), by=by) if is_regular else None
    record("minutes.adopted", by=by, body=meeting.body_id, obj=meeting, votes_for=votes_for)
    tell_members(meeting, by=by)
    return following


def keep_figures(meeting: Meeting, **known: int | bool | date) -> None:
    """Count an adopted meeting and put it into the facts of its month; `known` columns stand above the count."""
    figures = count_figures(meeting)
    for column, value in known.items():
        setattr(figures, column, value)
    figures.full_clean(exclude=["meeting"])
    figures.save()
    write_fact(meeting.body_id, meeting.month, **facts_of_month(meeting.body_id, meeting.month))


def keep_late_figures(meeting: Meeting, **known: int) -> None:
    """Put into an adopted meeting's figures and facts what was entered after them, of a meeting held on paper."""
    MeetingFigures.objects.filter(meeting=meeting).update(**known)
    write_fact(meeting.body_id, meeting.month, **facts_of_month(meeting.body_id, meeting.month))


def tell_members(meeting: Meeting, *, by: Viewer | None) -> None:
    """Nobody is called up for it: whoever has no account heard it in the room."""
    notify(
        [entry.member_id for entry in roster(meeting.body_id, meeting_day(meeting))],
        kind="minutes.adopted",
        title=_("Biên bản kỳ sinh hoạt tháng %(month)s đã thông qua") % {"month": month_words(meeting.month)},
        text=_("Biên bản và các văn bản đã thông qua có ở trang của kỳ sinh hoạt."),
        url=reverse("meetings:page", args=[meeting.pk]),
        body=meeting.body_id,
        about=meeting,
        by_hand=False,
        by=by,
    )


def require_majority(meeting: Meeting, *, votes_for: int, speakers: int | None = None) -> None:
    """More than half of those present adopt the minutes; counts beyond those present are refused."""
    present = meeting.present or 0
    if votes_for > present:
        raise Refused(
            _("Có %(present)d đồng chí dự họp nên số tán thành không thể là %(votes)d.")
            % {"present": present, "votes": votes_for}
        )
    if 2 * votes_for <= present:
        raise Refused(_("Biên bản chưa được quá nửa số dự họp tán thành. Đồng chí sửa rồi thông qua lại."))
    if speakers is not None and speakers > present:
        raise Refused(_("Số phát biểu không thể lớn hơn số có mặt (%(present)d).") % {"present": present})


@transaction.atomic
def correct_minutes(
    minutes: Minutes, *, text: str, once: UUID | None = None, by: Viewer | None
) -> Correction:
    """Add a visible note below adopted minutes; their text stays as the branch adopted it."""
    hold(
        minutes.meeting,
        MeetingStatus.ADOPTED,
        says=_("Biên bản chưa thông qua: đồng chí sửa ngay trong biên bản, không cần ghi đính chính."),
    )
    if sent := made_before(minutes.corrections.all(), once):
        return sent
    note = Correction(minutes=minutes, text=text, at=now(), by_id=member_of(by), once=once)
    note.full_clean()
    note.save()
    record("minutes.corrected", by=by, body=minutes.meeting.body_id, obj=minutes)
    return note


def compose(meeting: Meeting, *, votes_for: int | None = None) -> OfficialDocument:
    """Minutes from the records; a draft until `votes_for` of those present have adopted them.

    Speakers are named as the note-taker typed them: text, linked to nobody.
    """
    day = meeting_day(meeting)
    rules = rules_of(meeting)
    lines = lines_of(meeting)
    blocks: list[Block] = [
        *_time_and_place(meeting),
        *_composition(meeting, lines, count(meeting, lines)),
        Heading(_("NỘI DUNG, DIỄN BIẾN")),
        *[block for item in _items(meeting) for block in _item_blocks(item)],
        *providers.minutes_blocks.ask(meeting),
        *_loose_votes(meeting),
        *_from_paper(meeting),
        Paragraph(_ending(meeting, votes_for)),
    ]
    return OfficialDocument(
        **heads.head("BB", meeting.body_id, day, rules),
        title=(title_of(meeting),),
        blocks=tuple(blocks),
        signatures=heads.signed_minutes(rules, _name(meeting.note_taker), _name(meeting.chair)),
        note="" if votes_for is not None else _("Dự thảo, chi bộ chưa thông qua."),
    )


def journal_head() -> str:
    """For the last line of the paper that a branch keeps: `./nenep verify --head` compares it with the journal."""
    head = top_head()
    return _("Mã đối chiếu nhật ký lúc thông qua: %(head)s.") % {"head": head.in_groups()} if head else ""


def title_of(meeting: Meeting) -> str:
    month = {"month": month_words(meeting.month)}
    if meeting.kind == MeetingKind.THEMATIC:
        return _("Sinh hoạt chi bộ chuyên đề tháng %(month)s") % month
    return _("Sinh hoạt chi bộ thường kỳ tháng %(month)s") % month


def _time_and_place(meeting: Meeting) -> list[Block]:
    began = meeting.began_at or meeting.starts_at
    when = _("Khai mạc lúc %(time)s, tại %(place)s.") % {"time": _clock(began), "place": meeting.place}
    chair = _("Chủ trì: đồng chí %(chair)s. Thư ký: đồng chí %(note_taker)s.") % {
        "chair": _name(meeting.chair) or "…",
        "note_taker": _name(meeting.note_taker) or "…",
    }
    return [Heading(_("THỜI GIAN, ĐỊA ĐIỂM")), Paragraph(when), Paragraph(chair)]


def _composition(meeting: Meeting, lines: list[Line], counts: Counts) -> list[Block]:
    blocks: list[Block] = [
        Heading(_("THÀNH PHẦN")),
        Paragraph(
            _("Tổng số đảng viên: %(members)d, trong đó chính thức %(official)d, dự bị %(probationary)d.")
            % {
                "members": counts.members,
                "official": counts.official,
                "probationary": counts.members - counts.official,
            }
        ),
        Paragraph(
            _(
                "Phải triệu tập: %(expected)d. Có mặt: %(present)d. Vắng có lý do: %(excused)d. "
                "Vắng không lý do: %(unexcused)d."
            )
            % {
                "expected": counts.expected,
                "present": counts.present,
                "excused": counts.excused,
                "unexcused": counts.unexcused,
            }
        ),
    ]
    blocks += [Paragraph(text) for text in _absent(meeting, lines)]
    if online := online_of(lines):
        blocks.append(Paragraph(_online(meeting, online)))
    if counts.guests:
        blocks.append(Paragraph(_("Đảng viên sinh hoạt tạm thời dự: %(count)d.") % {"count": counts.guests}))
    if meeting.guests:
        blocks.append(Paragraph(_("Đại biểu: %(guests)s.") % {"guests": meeting.guests.rstrip(".")}))
    if fees := fee_line(meeting):
        blocks.append(Paragraph(_("Đảng phí: %(note)s.") % {"note": fees}))
    if meeting.agenda_adopted:
        blocks.append(Paragraph(_("Chi bộ thông qua chương trình.")))
    return blocks


def _online(meeting: Meeting, count: int) -> str:
    """How many were there from afar, and by what right, where the rules ask for one."""
    told = _("Dự trực tuyến: %(count)d") % {"count": count}
    if meeting.online_basis:
        return _("%(told)s, theo %(basis)s.") % {"told": told, "basis": meeting.online_basis.rstrip(".")}
    # Of a meeting held on paper the signed sheet says it.
    is_owed = online_rule(meeting) and not meeting.is_from_paper
    return _("%(told)s, chưa ghi văn bản cho phép.") % {"told": told} if is_owed else f"{told}."


def _absent(meeting: Meeting, lines: list[Line]) -> list[str]:
    """Those absent by name, with the reason, as the official template asks; "another reason" says nothing."""
    unsaid = {
        "",
        *(term.label for term in rules_of(meeting).vocabulary.absence_reasons if term.code == "other"),
    }
    return [
        _("Đồng chí %(name)s: %(presence)s%(reason)s.")
        % {
            "name": line.entry.name,
            "presence": line.mark.presence.label.lower(),
            "reason": "" if line.mark.reason in unsaid else f" ({line.mark.reason})",
        }
        for line in lines
        if line.mark and line.mark.presence.is_absence
    ]


def _items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.select_related("presenter").prefetch_related("votes"))


def _item_blocks(item: AgendaItem) -> list[Block]:
    votes = list(item.votes.all())
    if not (item.has_text or item.skipped_because or votes):
        return []
    blocks: list[Block] = [Heading(item.title, level=2)]
    if item.skipped_because:
        reason = _("Kỳ này không bàn, vì %(reason)s.") % {"reason": item.skipped_because.rstrip(".")}
        blocks.append(Paragraph(reason))
    if item.notes:
        blocks.append(Paragraph(item.notes))
    if item.conclusion:
        blocks.append(Paragraph(item.conclusion, lead=_("Kết luận:")))
    if item.decision:
        blocks.append(Paragraph(item.decision, lead=_("Chi bộ quyết định:")))
    return blocks + [_vote(vote) for vote in votes]


def _loose_votes(meeting: Meeting) -> list[Block]:
    """Votes that belong to no item; the one on the resolution is among them and told here alone."""
    votes: list[Block] = [_vote(vote) for vote in meeting.votes.filter(item=None).order_by("pk")]
    return [Heading(_("Biểu quyết"), level=2), *votes] if votes else []


def _from_paper(meeting: Meeting) -> list[Block]:
    """Typed in from the signed sheets: said in the minutes themselves, with the resolution that stays on paper."""
    entry = getattr(meeting, "paper_entry", None)
    if entry is None:
        return []
    typed = _("Nhập từ biên bản giấy ngày %(day)s. Bản giấy có chữ ký là bản gốc.")
    blocks: list[Block] = [Paragraph(typed % {"day": day_words(entry.at)})]
    if entry.resolution:
        blocks.insert(0, Paragraph(entry.resolution, lead=_("Nghị quyết:")))
    return blocks


def _vote(vote: Vote) -> Paragraph:
    text = _(
        "%(subject)s: tán thành %(votes_for)d/%(base)d đảng viên chính thức, %(rest)s. Kết quả: %(outcome)s."
    ) % {
        "subject": vote.subject.rstrip("."),
        "votes_for": vote.votes_for,
        "base": vote.base,
        "rest": _rest(vote),
        "outcome": _outcome(vote),
    }
    return Paragraph(text, lead=_("Biểu quyết:"))


def _rest(vote: Vote) -> str:
    """Unanimity is named as branches write it; it is of those present where the base is larger."""
    if vote.votes_for and vote.votes_for == vote.base:
        return _("nhất trí 100%")
    if vote.votes_for and vote.votes_for == vote.present_official:
        return _("nhất trí 100% đảng viên chính thức có mặt")
    return _("không tán thành %(against)d, ý kiến khác %(other)d, không biểu quyết %(silent)d") % {
        "against": vote.votes_against,
        "other": vote.votes_other,
        "silent": vote.not_voting,
    }


def _outcome(vote: Vote) -> str:
    if vote.passed:
        return _("thông qua")
    if vote.needed is None:
        return _("không thông qua")
    return _("không thông qua, cần ít nhất %(needed)d tán thành") % {"needed": vote.needed}


def _ending(meeting: Meeting, votes_for: int | None) -> str:
    ended = _("Kỳ sinh hoạt kết thúc lúc %(time)s.") % {"time": _clock(meeting.ended_at or now())}
    if votes_for is None:
        return ended
    words = {"votes": votes_for, "present": meeting.present, "ended": ended}
    if votes_for == meeting.present:
        return (
            _(
                "Thư ký đã đọc lại biên bản; %(votes)d/%(present)d đồng chí dự họp nhất trí thông qua. %(ended)s"
            )
            % words
        )
    return (
        _("Thư ký đã đọc lại biên bản; %(votes)d/%(present)d đồng chí dự họp tán thành thông qua. %(ended)s")
        % words
    )


def _clock(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return _("%(hour)d giờ %(minute)02d, ngày %(day)s") % {
        "hour": local.hour,
        "minute": local.minute,
        "day": day_words(local),
    }


def _name(member: Member | None) -> str:
    return member.full_name if member else ""
