"""What the program tells people, and the work it does on its own clock.

Owns: notices in a member's inbox, how each one reached the member (inbox, e-mail, push, paper, phone), how the member
wants to be told, timed jobs and the worker that runs them. Knows no sender: whoever has something to say calls `notify`
with a finished sentence. Main verbs: `notify`, `mark_read`, `mark_told`, `tell_also`, `choose_ways`, `add_device`;
`jobs.register_job` for what must happen every minute, hour, day or month.
"""
