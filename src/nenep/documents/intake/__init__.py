"""Reading a document that somebody else wrote: pure functions from bytes to fields, nothing is kept.

`reading.read` composes the answer of `./nenep intake`. Each module reads one thing out of `Line`s: `head`, `stamp`,
`foot`, `sections`, `citations`, `suspects`, `figures`. What cannot be read is None or empty, never guessed.
"""
