"""YAML read with libyaml where PyYAML was built with it: ten times as quick, and every start reads the role table."""

from __future__ import annotations

from typing import Any

import yaml

SafeLoader: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader


def load(text: str) -> Any:
    """What the text holds, as `yaml.safe_load` would give it."""
    return yaml.load(text, Loader=SafeLoader)  # noqa: S506  # one of the two safe ones
