"""The room while a meeting runs: which part is on, who checks in, who asks for the floor, what the big screen shows.

Owns rows that live only until the meeting is closed, and for a minute who is writing what; what stays is a count of
those who spoke and, by age band, of those who did not; never who they were.
"""
