"""What branches answer to the discussion questions that committees above put to them (R161).

Owns the answers of a branch to the questions of a directive or of a month's focus, and whether these may be read above.
Does not own the questions, nor the meeting that discussed them: only a branch whose meeting has dealt with the matter
answers. Above, every answer counts; its words are read where the branch has agreed.
Main verbs: `answer_questions`.
"""
