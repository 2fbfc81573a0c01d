"""The branch's monthly meeting: prepared, called, held, concluded, its minutes adopted.

Owns meetings, agendas, the committee's pre-meeting, answers and opinions beforehand, absences, votes, minutes,
and what is known in numbers of past months. Files by noun: `operations` (the life of a meeting), `agenda`,
`suggesting`, `balance`, `answers`, `attendance`, `voting`, `minutes`, `past`. What higher modules bring to the agenda
comes through `points` (under its parts) and `suggestions` (may become items).
Main verbs: `open_month`, `call_meeting`, `open_meeting`, `close_meeting`, `adopt_minutes`, `count_vote`.
"""
