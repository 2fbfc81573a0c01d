"""Attached files: checked when they come, shut in when they go out.

Owns: attachments, their bytes on disk, the record of files refused for a secret marking, the quota of a body.
Does not own: the record that a file belongs to; its module registers who may see it (`owners.register_owner`).
Main verbs: `attach`, `remove`.
"""
