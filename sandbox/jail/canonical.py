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


class _Fault(Exception):
    """What is wrong with a part; the steps to it are added on the way out, innermost first."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.steps: list[str] = []


def encode(value: object) -> str:
    """The value as JSON. Raises CanonicalError when it is anything but plain data."""
    check(value)
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    if len(text) > MAX_BYTES:
        raise CanonicalError(
            f"it is {len(text)} bytes as JSON; at most {MAX_BYTES} can be observed"
        )
    return text


def check(value: object, path: str = "it") -> None:
    """Raises CanonicalError when any part of the value is not plain data."""
    try:
        _check(value, 0)
    except _Fault as fault:
        where = path + "".join(reversed(fault.steps))
        raise CanonicalError(fault.args[0].format(where=where)) from None


def parse(text: bytes) -> object:
    """Reads JSON that hostile code may have written. Raises ValueError unless it is strict."""
    try:
        return json.loads(text, parse_constant=_refuse, object_pairs_hook=_unique)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def _check(value: object, depth: int) -> None:
    # Where a part stands is put together for the one that is wrong: for each it would cost more,
    # the longer the keys are.
    kind = type(value)
    if kind is str:
        _check_text(value, "{where}")
    elif kind is int:
        if not -MAX_INT <= value <= MAX_INT:
            raise _Fault("{where} is an integer beyond 2**53")
    elif kind is float:
        if value != value or value in (float("inf"), float("-inf")):
            raise _Fault(f"{{where}} is {value}, which has no exact form outside Python")
    elif kind is list or kind is dict:
        if depth >= MAX_DEPTH:
            raise _Fault(f"{{where}} is nested more than {MAX_DEPTH} deep")
        _check_items(value, depth + 1)
    elif value is not None and kind is not bool:
        # A metaclass can give a type any name.
        name = str(kind.__name__)[:256].replace("{", "{{").replace("}", "}}")
        raise _Fault(
            f"{{where}} is of type {name}; only None, bool, int, float, str, list and dict "
            "can be observed"
        )


def _check_text(value: str, what: str) -> None:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise _Fault(f"{what} holds half of a surrogate pair") from None


def _check_items(value: list | dict, depth: int) -> None:
    is_list = type(value) is list
    for key, item in enumerate(value) if is_list else value.items():
        if not is_list:
            if type(key) is not str:
                name = str(type(key).__name__)[:256].replace("{", "{{").replace("}", "}}")
                raise _Fault(f"{{where}} has a key of type {name}; keys must be str")
            _check_text(key, "a key of {where}")
        try:
            _check(item, depth)
        except _Fault as fault:
            fault.steps.append(f"[{key!r}]")
            raise


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _unique(pairs: list) -> dict:
    result = dict(pairs)
    if len(result) != len(pairs):
        raise ValueError("a key appears twice")
    return result
