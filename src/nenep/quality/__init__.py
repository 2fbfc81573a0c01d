"""How good a meeting was, in the branch's own judgement.

Owns the self-check: a few questions that the branch answers after closing and before its minutes are adopted. Does not
own the questions (dated lists of the rulebook), nor any score: nothing is computed, and no answer is filled in.

Main verb: `answer_self_check`.
"""
