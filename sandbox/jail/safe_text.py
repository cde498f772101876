"""Values as text for a recording, told without calling any code of the program's.

Only exact built-in types are looked into: a subclass may have methods of its own. Types are
compared by `is`, since a metaclass may define equality and hashes, and read through the slots of
`type` itself, since it may define attributes.
"""

import functools
from collections.abc import Iterable
from contextvars import Context
from itertools import islice
from types import BuiltinMethodType, FunctionType, MethodType

from jail.recording_form import MOST_NAME as MOST

_DEEP = 2
_ITEMS = 8
# Sets have no order that two runs would agree on: up to this size they are told sorted.
_SORTED = 100
# Of an integer that is written out. More digits than fit take ever longer.
_BITS = 300
_name_of = type.__dict__["__name__"].__get__
_args_of = BaseException.__dict__["args"].__get__
_BRACKETS = ((list, "[", "]"), (tuple, "(", ")"), (set, "{", "}"), (frozenset, "{", "}"))


def text_of(value: object) -> str:
    """At most MOST characters, without half a surrogate pair."""
    return cut(_text(value, _DEEP))


def cut(text: str, most: int = MOST) -> str:
    """The text, or its beginning, in a form that can be encoded. Takes exact `str` only."""
    short = text if len(text) <= most else f"{text[: most - 3]}..."
    if short.isascii():
        return short
    short = short.encode("utf-8", "backslashreplace").decode()
    return short[:most]


def class_name(kind: type) -> str:
    """Whatever its metaclass says."""
    name = _name_of(kind)
    return cut(name) if type(name) is str else "object"


def error_text(error: BaseException) -> str:
    """Its type, and its arguments as values are told."""
    return cut(_error(error, _DEEP))


def function_of(function: object, args: tuple) -> tuple[object, tuple]:
    """What is called in the end, beneath `functools.partial` and `Context.run`, and with what."""
    while True:
        if type(function) is functools.partial:
            function, args = function.func, function.args + args
        elif (
            type(function) is BuiltinMethodType
            and type(function.__self__) is Context
            and function.__name__ == "run"
            and args
        ):
            function, args = args[0], args[1:]
        else:
            return function, args


def function_name(function: object) -> str:
    """Its qualified name; of an object that can be called, its class."""
    kind = type(function)
    if kind is MethodType:
        return function_name(function.__func__)
    if kind is FunctionType or kind is BuiltinMethodType:
        name = function.__qualname__
        return cut(name) if type(name) is str else "function"
    if issubclass(kind, type):
        return class_name(function)
    return f"<{class_name(kind)}>"


def _text(value: object, deep: int) -> str:
    kind = type(value)
    if value is None or kind is bool or kind is float or kind is complex:
        return repr(value)
    if kind is str or kind is bytes:
        return _quoted(value)
    if kind is int:
        bits = value.bit_length()
        return repr(value) if bits <= _BITS else f"<int of {bits} bits>"
    if kind is dict:
        return _dict(value, deep)
    if kind is range:
        return f"range({_text(value.start, 0)}, {_text(value.stop, 0)}, {_text(value.step, 0)})"
    for exact, opening, closing in _BRACKETS:
        if kind is exact:
            return _items(value, opening, closing, deep)
    # Not isinstance: it would ask for __class__.
    if issubclass(kind, BaseException):
        return _error(value, deep)
    return f"<{class_name(kind)}>"


def _quoted(value: str | bytes) -> str:
    if len(value) <= MOST:
        whole = repr(value)
        if len(whole) <= MOST:
            return whole
    return f"{repr(value[: MOST // 2])[: MOST - 30]}... ({len(value)} long)"


def _dict(value: dict, deep: int) -> str:
    if not value or deep == 0:
        return "{...}" if value else "{}"
    try:
        items = list(islice(value.items(), _ITEMS))
    except RuntimeError:
        # Another thread has changed it meanwhile.
        return "{...}"
    told = [f"{_text(key, deep - 1)}: {_text(item, deep - 1)}" for key, item in items]
    return f"{{{_listed(told, len(value))}}}"


def _items(value: Iterable, opening: str, closing: str, deep: int) -> str:
    size = len(value)
    if not size:
        return "set()" if opening == "{" else opening + closing
    if deep == 0:
        return f"{opening}...{closing}"
    is_set = opening == "{"
    try:
        items = list(islice(value, _SORTED if is_set and size <= _SORTED else _ITEMS))
    except RuntimeError:
        return f"{opening}...{closing}"
    told = [_text(item, deep - 1) for item in items]
    if is_set:
        told.sort()
    if type(value) is tuple and size == 1:
        return f"({told[0]},)"
    return opening + _listed(told[:_ITEMS], size) + closing


def _listed(told: list[str], size: int) -> str:
    more = f", ... {size} in all" if size > len(told) else ""
    text = ", ".join(told)
    if len(text) + len(more) <= MOST - 2:
        return text + more
    ending = f"... {size} in all"
    return text[: MOST - 2 - len(ending)] + ending


def _error(error: BaseException, deep: int) -> str:
    name = class_name(type(error))
    args = _args_of(error)
    if type(args) is not tuple or not args:
        return f"{name}()"
    if deep == 0:
        return f"{name}(...)"
    return f"{name}({_listed([_text(arg, deep - 1) for arg in args[:_ITEMS]], len(args))})"
