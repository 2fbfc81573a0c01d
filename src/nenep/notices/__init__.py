"""What the program tells people, and the work it does on its own clock.

Owns: notices in a member's inbox, how each one reached the member (inbox, e-mail, paper, phone), timed jobs
and the worker that runs them. Knows no sender: whoever has something to say calls `notify` with a finished
sentence. Main verbs: `notify`, `mark_read`, `mark_told`; `jobs.register_job` for what must happen every
minute, hour, day or month.
"""
