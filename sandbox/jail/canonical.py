"""Canonical data: the only kind of value that leaves a run.

Exact built-in types, nothing that merely looks like them: a subclass could behave as it likes
where it is compared.
"""

import json

MAX_DEPTH = 16
MAX_BYTES = 256 * 1024
MAX_INT = 2**53 - 1


class CanonicalError(TypeError):
    """The value cannot be observed; the message says where and why."""


def encode(value: object) -> str:
    """The value as JSON. Raises CanonicalError when it is anything but plain data."""
    check(value)
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    if len(text) > MAX_BYTES:
        raise CanonicalError(
            f"it is {len(text)} bytes as JSON; at most {MAX_BYTES} can be observed"
        )
    return text


def check(value: object, path: str = "it", depth: int = 0) -> None:
    """Raises CanonicalError when any part of the value is not plain data."""
    kind = type(value)
    if kind is str:
        _check_text(value, path)
    elif kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise CanonicalError(f"{path} is an integer beyond 2**53")
    elif kind is float:
        if value != value or value in (float("inf"), float("-inf")):
            raise CanonicalError(f"{path} is {value}, which has no exact form outside Python")
    elif kind is list or kind is dict:
        if depth >= MAX_DEPTH:
            raise CanonicalError(f"{path} is nested more than {MAX_DEPTH} deep")
        _check_items(value, path, depth + 1)
    elif value is not None and kind is not bool:
        raise CanonicalError(
            f"{path} is of type {kind.__name__}; only None, bool, int, float, str, list and dict "
            "can be observed"
        )


def parse(text: bytes) -> object:
    """Reads JSON that hostile code may have written. Raises ValueError unless it is strict."""
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _check_text(value: str, path: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise CanonicalError(f"{path} holds half of a surrogate pair") from None


def _check_items(value: list | dict, path: str, depth: int) -> None:
    if type(value) is list:
        for index, item in enumerate(value):
            check(item, f"{path}[{index}]", depth)
        return
    for key, item in value.items():
        if type(key) is not str:
            raise CanonicalError(f"{path} has a key of type {type(key).__name__}; keys must be str")
        _check_text(key, f"a key of {path}")
        check(item, f"{path}[{key!r}]", depth)


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _unique(pairs: list) -> dict:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key appears twice")
    return result
