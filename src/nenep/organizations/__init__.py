"""Bodies of the Party in time: what they are called, what they are, what they stand under, their clusters.

Owns the dated tree: edges are the truth, the closure is derived from them. Knows no member and no meeting.
Main verbs: `create_body`, `rename_body`, `move_body`, `merge_bodies`, `split_body`, `dissolve_body`.
"""
