"""Reading a document that somebody else wrote: pure functions from bytes to fields, nothing is kept.

`reading.read` composes the answer of `./nenep intake`, `reading.reading_from` the same with the place of each thing.
`lines` opens files (`pages` for PDF, `scans` for images, `sheets` for spreadsheets); each other module reads one thing
out of `Line`s: `head`, `stamp`, `foot`, `sections`, `citations`, `figures`, `suspects`, `checking`. What cannot be read
is None or empty, never guessed.
"""
