from django.urls import path, re_path

from nenep.meetings.views import (
    arranging,
    calling,
    cards,
    catching_up,
    concluding,
    holding,
    items,
    materials,
    planning,
    preparing,
    reading,
)

app_name = "meetings"

urlpatterns = [
    path("", reading.meeting_list, name="list"),
    path("of-branch/<int:body_id>/", preparing.opening_of_month, name="opening_of_month"),
    path("of-branch/<int:body_id>/thematic/", planning.thematic, name="thematic"),
    path("of-branch/<int:body_id>/paper/", catching_up.paper_months, name="paper_months"),
    path(
        "of-branch/<int:body_id>/paper/<int:year>-<int:month>/", catching_up.paper_entry, name="paper_entry"
    ),
    path(
        "of-branch/<int:body_id>/non-holding/<int:year>-<int:month>/",
        planning.month_not_held,
        name="month_not_held",
    ),
    path("<int:pk>/", reading.meeting_page, name="page"),
    path("<int:pk>/invitation.ics", reading.calendar_file, name="calendar_file"),
    path("<int:pk>/preparation/", preparing.preparation, name="preparation"),
    path("<int:pk>/plan/", preparing.plan, name="plan"),
    path("<int:pk>/postponement/", preparing.postponement, name="postponement"),
    path("<int:pk>/cancellation/", planning.cancellation, name="cancellation"),
    path("<int:pk>/non-holding/", planning.non_holding, name="non_holding"),
    path(
        "<int:pk>/non-holding/withdrawal/", catching_up.non_holding_withdrawal, name="non_holding_withdrawal"
    ),
    path("<int:pk>/committee-meeting/", preparing.committee_meeting, name="committee_meeting"),
    re_path(
        r"^(?P<pk>\d+)/committee-meeting\.(?P<fmt>pdf|docx)$", preparing.committee_file, name="committee_file"
    ),
    path("<int:pk>/materials/", materials.materials, name="materials"),
    path(
        "<int:pk>/materials/<int:attachment_pk>/removal/", materials.material_removal, name="material_removal"
    ),
    path("<int:pk>/agenda/", arranging.agenda_page, name="agenda"),
    path("<int:pk>/focus/", arranging.focus, name="focus"),
    path("<int:pk>/items/", arranging.item_addition, name="item_addition"),
    path("items/<int:pk>/", arranging.item_change, name="item_change"),
    path("<int:pk>/suggestions/", arranging.suggestion_choice, name="suggestion_choice"),
    path("<int:pk>/opinion-inbox/", preparing.opinion_inbox, name="opinion_inbox"),
    path("opinions/<int:pk>/reply/", preparing.opinion_reply, name="opinion_reply"),
    path("<int:pk>/call/", calling.call, name="call"),
    path("<int:pk>/notice/", calling.notice, name="notice"),
    path("<int:pk>/notice/newcomers/", calling.newcomers, name="newcomers"),
    path("<int:pk>/notice/reminder/", calling.reminder, name="reminder"),
    path("<int:pk>/sign-in-sheet/", calling.sign_in_sheet, name="sign_in_sheet"),
    path("<int:pk>/invitation-sheet/", calling.invitation_sheet, name="invitation_sheet"),
    path("<int:pk>/response/", calling.response, name="response"),
    path("<int:pk>/responses/<int:member_pk>/", calling.response_for, name="response_for"),
    path("<int:pk>/opinions/", calling.opinions, name="opinions"),
    path("<int:pk>/proposals/", calling.proposals, name="proposals"),
    path("<int:pk>/cards/", cards.cards, name="cards"),
    path("<int:pk>/cards/entry/", cards.card_entry, name="card_entry"),
    path("<int:pk>/opening/", holding.opening, name="opening"),
    path("<int:pk>/opening/withdrawal/", holding.opening_withdrawal, name="opening_withdrawal"),
    path("<int:pk>/room/", holding.room, name="room"),
    path("<int:pk>/roll-call/", holding.roll_call, name="roll_call"),
    path("<int:pk>/opening-lines/", holding.opening_lines, name="opening_lines"),
    path("items/<int:pk>/record/", items.item_record, name="item_record"),
    path("<int:pk>/votes/", holding.vote, name="vote"),
    path("votes/<int:pk>/withdrawal/", holding.vote_withdrawal, name="vote_withdrawal"),
    path("<int:pk>/closing/", holding.closing, name="closing"),
    path("<int:pk>/resumption/", holding.resumption, name="resumption"),
    path("<int:pk>/minutes/", concluding.minutes, name="minutes"),
    path("<int:pk>/minutes/adoption/", concluding.adoption, name="adoption"),
    path("<int:pk>/minutes/corrections/", concluding.correction, name="correction"),
    path("<int:pk>/minutes/signature/", concluding.signature, name="signature"),
    path(
        "<int:pk>/minutes/signature/withdrawal/", concluding.signature_withdrawal, name="signature_withdrawal"
    ),
    re_path(r"^(?P<pk>\d+)/minutes\.(?P<fmt>pdf|docx)$", concluding.minutes_file, name="minutes_file"),
]
