"""Members of the Party: status only, memberships, offices and terms, transfers, temporary activity.

Keeps no personal file and no reason for leaving. Knows bodies; knows no account and no meeting.
Main verbs: `admit`, `transfer`, `introduce` and `accept`, `leave`, `change_status`, `appoint`, `release`, `open_term`.
"""
