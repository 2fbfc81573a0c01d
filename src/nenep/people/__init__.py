"""Members of the Party: status only, memberships, offices and terms, transfers, temporary activity.

Keeps no personal file. Knows bodies; knows no account and no meeting.
Main verbs: `admit`, `transfer`, `appoint`, `release`, `change_status`.
"""
