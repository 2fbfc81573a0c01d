"""Accounts, sign-in, and who may do what where.

Owns: accounts, printed activation codes, grants of roles that are no office, reading grants, the role table
(`roles.yml`), the `Viewer` computed from it for each request, and how long a sign-in lasts. Does not own members or
offices (`people`) nor the tree (`organizations`); knows no meeting and no document.
Verbs: `open_account`, `issue_code`, `ask_code`, `confirm_code`, `use_code`, `close_account`, `reopen_account`,
`end_session`, `end_sessions`, `give_role`, `end_role`, `ask_reading`, `give_reading`, `refuse_reading`,
`withdraw_reading`.
"""
