"""Official documents: their layout as PDF and Word, their numbers, the outgoing register.

Owns: the content model of an official document, both renderers, the fonts, the outgoing register with its
counters. Does not own: what a document says (`resolutions`, `meetings` compose it), rules of layout and
numbering (`rulebook`), attached files (`files`). Main verbs: `issue_number`, `exports.document_response`.
Incoming documents, intake of scans and recipients as data belong here too.
"""
