"""The register of papers that arrive (sổ văn bản đến): who got what when, who handles it by when, whether it is done.

Owns: arrivals with their numbers per receiver and year, their routing, the stamp of arrival; files that are read
before their paper is entered. Does not own the paper itself (`documents`, which keeps it once for all who get it), nor
its file: what a receiver scanned belongs to that receiver's arrival and is nobody else's. Main verbs: `receive`,
`register`, `register_outside`, `read_file`, `enter`, `route`, `finish`.
"""
