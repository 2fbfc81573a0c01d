from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "nenep.meetings"
    label = "meetings"
    verbose_name = "Sinh hoạt chi bộ"

    def ready(self) -> None:
        from nenep.facts import sources  # noqa: PLC0415
        from nenep.files.owners import register_owner  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providing  # noqa: PLC0415
        from nenep.meetings.calling_off import cancel_what_was_ahead  # noqa: PLC0415
        from nenep.meetings.counting import facts_again  # noqa: PLC0415
        from nenep.meetings.events import LABELS  # noqa: PLC0415
        from nenep.meetings.forgetting import forget_opinions, forget_responses  # noqa: PLC0415
        from nenep.meetings.providers import origins, suggestions  # noqa: PLC0415
        from nenep.meetings.querysets import is_readable  # noqa: PLC0415
        from nenep.meetings.suggesting import proposal_pages, proposals  # noqa: PLC0415
        from nenep.meetings.traditions import suggestions as traditions  # noqa: PLC0415
        from nenep.organizations import endings  # noqa: PLC0415
        from nenep.privacy import retention  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415
        from nenep.search import sources as found  # noqa: PLC0415

        verbs.register(LABELS)
        register_list_reads("attendance.read", "minutes.read")
        suggestions.register(proposals)
        suggestions.register(traditions)
        origins.register(proposal_pages)
        sources.register(facts_again)
        endings.register(cancel_what_was_ahead)
        register_owner("meetings.meeting", is_readable)
        retention.register("meetings.Response", forget_responses)
        retention.register("meetings.Opinion", forget_opinions)
        found.register(
            found.Source(
                key="minutes",
                label="Biên bản",
                model="meetings.minutes",
                verb="meetings.read",
                records=providing.records,
                draft=providing.draft,
                address=providing.address,
            )
        )
