"""Bodies of the Party in time: what they are called, what they are, what they stand under, their clusters.

Owns the dated tree: edges are the truth, the closure is derived from them. Knows no member and no meeting; a module
that owes something to a body that ends registers with `endings`. How it hangs together: docs/tree.md.
Main verbs: `create_body`, `rename_body`, `reclassify_body`, `move_body`, `merge_bodies`, `succeed_body`, `split_body`,
`dissolve_body`; for many at once `loading.load_tree`.
"""
