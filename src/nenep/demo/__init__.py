"""The demo bloc: invented people in bodies with generic names, in the size and shape of the founding report.

A generator writes spreadsheets, the real importers load them, real operations play the current month.
Absent in production. Same date, same bytes.
"""

# What every demo account signs in with; printed by the command, meant to be known.
PASSWORD = "chi-bo-bon-tot"  # noqa: S105
