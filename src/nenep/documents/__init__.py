"""Official documents: their layout as PDF and Word, their numbers, their recipients, the outgoing register.

Owns: the content model of an official document, both renderers, the fonts, papers of whatever issuer (each kept once),
the outgoing register with its counters, recipients as data, the kept copy that cannot change. Does not own: what a
document says (`resolutions`, `meetings` compose it), rules of layout and numbering (`rulebook`), attached files
(`files`), what a receiver does with a paper (`arrivals`). Main verbs: `issue`, `issue_number`, `keep_file`,
`exports.document_response`. Reading documents from elsewhere stands in `intake`, writing them here in `drafting`.
"""
