"""The append-only, hash-chained record of every change and of every read of personal data.

Owns: events, chains, their verification. Holds no content: who, when, which verb, on which record.
One chain per grassroots body and one for each body above; which body belongs to which chain is told by
`organizations` through `chains.follow`. Main verbs: `record`, `record_many`, `record_read`, `verify`.
"""
