"""The monthly return of a branch to the committee above it, and the text that a branch copies into the handbook.

Owns what was sent, when, with which checksum, and what the committee said: received, or sent back with a remark.
Does not own a number in it: all are read from the records of the adopted meeting, and are mended there.

Main verbs: `send_return`, `receive_return`, `send_back`.
"""
