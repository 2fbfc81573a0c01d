"""Figures of a body on a day or in a period, and what is behind each of them.

Owns no data: it reads organizations, people, facts and meetings, and nobody below reads it. Main reads:
`standing.figures_on`, `periods.figures_between`; every figure carries the address of what it counts. Of a year of
a branch: `regularity.regularity_of`, `democracy.democracy_of`, `qualities.qualities_of`.
"""
