"""Full text: finding resolutions, minutes and documents by their words.

Owns: the index of normalised words on both databases, how a question is read, what of it a reader may find.
Does not own: any text. Modules above register what is found (`sources`) and call `put` in the transaction of the
record. Persons are not searched: neither names of speakers nor what was said in a discussion is ever indexed.
Main verbs: `put`, `take_out`, `find`.
"""
