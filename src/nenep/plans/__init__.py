"""The yearly plan of a body: which meetings it holds, when, where and about what; published to its members.

Owns plans, their entries and what was changed after publication. Does not own the meetings: an entry from which one
was made shows that meeting's time and place, and moves it through `meetings`. Main verbs: `draft_plan`, `add_entry`,
`change_entry`, `drop_entry`, `publish_plan`, `make_meeting`, and `say_held`, `say_not_held` of what the program keeps
no record of. A month that is opened takes day, place, theme and
presenter from the published plan (`providing`).
"""
