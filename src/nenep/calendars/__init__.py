"""Calendars outside the program: a private feed for each member, and the public calendar of a branch.

Owns the addresses of both and who asked for them. Does not own what stands in them: the meetings, written by
`meetings.exports` with the fields that may leave. Main verbs: `make_feed`, `revoke_feed`, `open_calendar`,
`close_calendar`.
"""
