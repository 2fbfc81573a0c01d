"""Telling open pages that something changed, as it changes: server-sent events, in one process or in several.

Owns no rows and no words: a higher module registers a `Stream` (who may follow it, what it shows) and calls `publish`
in the transaction of its change. Every connection begins with the present state, so nothing is ever replayed.
"""
