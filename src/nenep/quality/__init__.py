"""How good a meeting was, in the branch's own judgement, and what its secretary learns from it.

Owns the self-check: a few questions that the branch answers after closing and before its minutes are adopted. Owns the
pulse: one question after a meeting, whether people felt free to speak, of which only counts remain. Owns the
notebook of the secretary: what worked and what to avoid, kept with the branch for whoever holds the office next. Does
not own the questions (dated lists of the rulebook), nor any score: nothing is computed, and no answer is filled in.

Main verbs: `answer_self_check`, `answer_pulse`, `write_note`.
"""
