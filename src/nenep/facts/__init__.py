"""Numbers by branch and month, and their sums upward. Knows numbers, not where they come from.

A branch's row is written in the transaction of the change that moved it, together with a dirty mark; the worker
re-sums the bodies above, as the tree was in that month and as it is now. Main verbs: `write_fact`, `resum`.
"""
