"""What people do to prepare a meeting: who does which step by when, papers and their meaning, the unit's management.

Owns the duties of a preparation, materials with their digests, what was agreed with the management of the unit, and
the coordination regulation of a branch. Knows what makes a thematic meeting one. Does not own the steps themselves
(`meetings.preparation` derives them) nor the agenda.

Main verbs: `give_duty`, `report_duty`, `keep_material`, `record_agreement`, `keep_regulation`,
`enter_thematic`; `thematic.lacks`.
"""
