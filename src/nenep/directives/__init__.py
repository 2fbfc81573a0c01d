"""Papers from above as work: who must do what by when, how far it has come down, what each body made of it.

Owns directives and their requirements, what each body below received and answered, what it made of them (its links to
documents, plans, guidance, resolutions, assignments and its own directives), who has confirmed to have understood, and
programmes with their periods. Does not own those papers, agenda items and assignments themselves; whether a branch has
discussed a directive is read from its meeting and never typed.
Main verbs: `draft_directive`, `issue_directive`, `withdraw_directive`, `acknowledge`, `link_made`, `say_implemented`,
`confirm_understood`, `open_programme`.
"""
