"""Writing an official paper on the screen: typed text, checks, the way through Word and back, its number at the end.

Owns: drafts with their versions, the reading of typed text, what a kind begins with, who may sign. Does not own: the
page as it is printed (`documents`), reading of files (`documents.intake`), numbers and arrivals (`documents.issuing`).
Main verbs: `begin`, `save`, `issue_draft`, `give_up`; `returning.read_back`.
"""
