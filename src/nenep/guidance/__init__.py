"""The month's focus that a committee gives to the branches below it, with its questions.

Owns guidance and its versions: title, why it matters, questions, official source, months, for whom. A branch takes
it onto its agenda through the suggestions of `meetings`; the items there belong to `meetings`, only their number is
read here.
Main verbs: `draft_guidance`, `revise_guidance`, `publish_guidance`, `withdraw_guidance`.
"""
