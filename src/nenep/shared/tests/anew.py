"""Rows that the tests of a file share (`database_of_the_file`), each test with objects of its own."""

from copy import copy
from dataclasses import is_dataclass
from inspect import Parameter, Signature
from types import SimpleNamespace

import pytest
from django.db.models import Model


def anew(made):
    """The same rows as another request would load them; in lists, tuples, dictionaries and what holds them by name too."""
    if isinstance(made, Model):
        return type(made)._base_manager.get(pk=made.pk)
    if isinstance(made, list | tuple):
        return type(made)(map(anew, made))
    if isinstance(made, dict):
        return {key: anew(value) for key, value in made.items()}
    if is_dataclass(made) or isinstance(made, SimpleNamespace):
        twin = copy(made)
        vars(twin).update({name: anew(value) for name, value in vars(made).items()})
        return twin
    return made


def parts(of: str, count: int):
    """Fixtures for the parts of the tuple that the fixture `of` gives, in its order."""
    return [_part(of, place) for place in range(count)]


def _part(of, place):
    def part(**made):
        return made[of][place]

    # pytest must read from the signature that shared rows come first: asked for while a test runs, they would be
    # made inside its transaction and go with it.
    part.__signature__ = Signature([Parameter(of, Parameter.KEYWORD_ONLY)])
    return pytest.fixture(part)
