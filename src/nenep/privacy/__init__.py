"""What the program keeps about people, and their right to see it and have it put right.

Owns: the inventory of every stored field (each module writes its `privacy.yml`), the page "Dữ liệu của tôi",
requests to correct. Does not own the data themselves: modules above register a provider (`kept.register`) for what
the inventory alone cannot find.
Verbs: `ask_correction`, `answer_correction`, `note_download`.
"""
