"""One installation from its first minute to its upgrade: set-up, server, worker, copies, start-up checks.

Owns no records, only what surrounds them: the data folder with its lock, the database as a whole, the serving
process. Main verbs: `set_up`, `serve`, `back_up`, `restore`, `upgrade`.
"""
