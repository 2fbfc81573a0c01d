"""What members and the people around them are concerned about, and who owes the answer by when (R66, R114, R137).

Owns concerns: theme, text, the way each may be used, the answer of the secretary or of the committee that it was
passed up to. Does not own the agenda: a concern for the branch is a suggestion of `meetings`. The author is known to
the author and to whoever owes the answer, until the time of keeping is over; after that only the count stays.

Main verbs: `raise_concern`, `answer_concern`, `pass_up`, `take_back`.
"""
