"""Shares in percent, reckoned in integers so that the same counts are the same share on every page."""


def share(part: int, whole: int) -> float | None:
    """A percentage with one decimal, halves rounded up; None when there is nothing to be a share of."""
    return (2000 * part + whole) // (2 * whole) / 10 if whole else None
