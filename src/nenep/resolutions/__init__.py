"""The branch's resolution: drafted before the meeting, amended, adopted by the branch's vote, with its targets.

Knows the meeting that adopts it; knows no assignment. Main verbs: `draft`, `set_targets`, `adopt`.
"""
