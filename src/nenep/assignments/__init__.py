"""Who does what by when: handed out at a meeting, reported on by the owner, reviewed with a cause.

Main verbs: `hand_out`, `report_progress`, `review`, `settle` (with the unit's management). What stays open goes on the
next meeting's agenda.
"""
