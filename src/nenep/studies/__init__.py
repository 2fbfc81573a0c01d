"""Study sessions: a body holds one over a directive or a paper, branches say who was there (R33).

Owns sessions, who of a branch was present, and a short check, of which counts alone are kept. Does not
own meetings of a branch, whose own roll says who took part in discussing a directive: a session is held by a committee
for members of many branches, or by a branch outside its meeting.
Main verbs: `hold_session`, `say_present`, `ask`, `answer_check`, `close_session`.
"""
