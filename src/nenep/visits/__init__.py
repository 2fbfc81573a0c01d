"""The roster of upper officers who attend the meetings of branches (lịch dự sinh hoạt, R35, R95).

Owns rosters of a committee and a month, the visits on them, what came of each, and the proposal of who goes where.
Does not own the day and hour of a meeting: they are read from `meetings`, before one is made from `plans`. Does not
keep who was in the room: the room knows its members alone, so the officer says whether the visit took place.

Main verbs: `arrange`, `mark_attended`, `mark_missed`; `rotation.fill` proposes and stores nothing.
"""
