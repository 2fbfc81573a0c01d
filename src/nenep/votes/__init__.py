"""Votes by name: members cast on their own phones, the chair closes, the count becomes a `meetings.Vote`.

Owns the question that is open, who cast what until that is forgotten, and reserved opinions. Does not own the count,
its base and its threshold: they are those of every vote (`meetings.voting`), so minutes and room show them alike.

Main verbs: `open_vote`, `cast_vote`, `write_down_cast`, `close_vote`, `reserve_opinion`, `reserve_opinion_on`.
"""
