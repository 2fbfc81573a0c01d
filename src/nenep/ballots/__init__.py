"""Secret ballots on paper: the program prints them, checks the count and writes the record; it never sees a ballot.

Owns rounds with their base and threshold, what stands on the ballot, the counting board, counts and recounts. Does not
own votes that are not secret (`meetings.voting`, `votes`) nor their rules (`rulebook`). Nothing is kept for each voter.

Main verbs: `open_round`, `enter_count`, `confirm_count`, `recount`, `open_further_round`, `withdraw_round`.
"""
