"""Spreadsheets in and out: bodies, members, offices, past months.

Owns the uploaded file between its check and its confirmation, and nothing else: rows become records through the
bulk verbs of the modules that own them. Main verbs: `check`, `load`.
"""
