"""Nền nếp: the monthly meeting of a party branch, from preparation to follow-up.

Each package below is one domain noun; which may import which is the `layers` contract in pyproject.toml.
"""

__version__ = "0.1.0"
