"""The briefing of a cluster (giao ban cụm): its figures, what was decided for each of its bodies, and its minutes.

Owns briefings, the decisions that come of them and how far each body has come, and the methods that a thematic
discussion agreed on for each kind of unit (R38, R39). Does not own a number: figures are read from `facts` and frozen
when the briefing closes. Does not own the entry of the yearly plan (`plans`) from which a briefing is opened.

Main verbs: `open_briefing`, `change_briefing`, `decide`, `discuss`, `close_briefing`, `withdraw_briefing`, `mark_done`.
"""
