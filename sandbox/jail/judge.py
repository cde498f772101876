"""Judging, in a fork that never ran learner code and sees nothing but the data.

The data are what the run observed, and, where that is asked for, the database that it left.
"""

import ast
import json
import traceback
from types import ModuleType, SimpleNamespace

from jail import canonical, errors, handover, measures
from jail.report import Reporter

FILE = "expect"
_MAX_SHOWN = 200
_NONE_LEFT = (
    "The run left no database to be judged: its file is gone, or it holds more than can be judged."
)
_NOT_READABLE = "The database that the run left cannot be read: "


def judge(runtime: ModuleType, request: dict, reporter: Reporter) -> None:
    """Reports the counts, then one record for each expectation, as soon as it is judged."""
    events = request["observations"]["events"]
    reporter.record({"counts": measures.counts(events)})
    # As text: each expectation gets data of its own, which it may spoil.
    values = json.dumps(request["observations"]["values"]).encode()
    reference = json.dumps(request["reference"]).encode()
    if "database" not in request:
        # The one that is there is not the run's.
        runtime.withhold()
    for item in request["expectations"]:
        names = {"__name__": "expect"} | measures.measure(events)
        names |= canonical.parse(values)
        # Of the reference solution, for the same inputs.
        names["reference"] = SimpleNamespace(**canonical.parse(reference))
        if "database" in request:
            fault = _put_in_place(runtime, request["database"], names)
            if fault:
                reporter.record({"id": item["id"], "holds": False, "error": fault})
                continue
        decide = _holds if item["kind"] == "holds" else _expect
        reporter.record({"id": item["id"], **decide(item["source"], names)})


def _put_in_place(runtime: ModuleType, packed: str | None, names: dict) -> dict | None:
    """Puts the database that the run left in place, afresh; the error when that cannot be done.

    Hostile code may have written it, byte by byte.
    """
    if packed is None:
        return errors.own("NoDatabase", _NONE_LEFT, "expect")
    try:
        runtime.enter(handover.unpack(packed))
        names["database"] = runtime.stored()
    except Exception as error:
        return errors.own("BadDatabase", _NOT_READABLE + errors.message(error), "expect")
    return None


def _expect(source: str, names: dict) -> dict:
    """Statements: they hold when nothing is raised."""
    errors.remember_source(FILE, source)
    try:
        tree = ast.parse(source, FILE)
        exec(compile(tree, FILE, "exec", dont_inherit=True), names)
    except BaseException as error:
        found = errors.describe(error, FILE, "expect")
        if isinstance(error, AssertionError) and not error.args:
            found["message"] = _explain(tree, found["line"], names)
        return {"holds": False, "error": found}
    return {"holds": True, "error": None}


def _holds(source: str, names: dict) -> dict:
    """An expression: it must be exactly True or False."""
    source = source.strip()
    errors.remember_source(FILE, source)
    try:
        value = eval(compile(source, FILE, "eval", dont_inherit=True), names)
    except BaseException as error:
        return {"holds": False, "error": errors.describe(error, FILE, "expect")}
    if value is True or value is False:
        return {"holds": value, "error": None}
    message = f"`{source}` is {_shown(value)}, which is neither True nor False"
    error = {"type": "TypeError", "message": message, "line": 1, "place": "expect"}
    return {"holds": False, "error": error}


def _explain(tree: ast.Module, line: int | None, names: dict) -> str:
    """The two sides of the comparison that a bare assert found false."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and node.lineno <= (line or 0) <= node.end_lineno:
            return f"`{ast.unparse(node.test)}` does not hold{_sides(node.test, names)}"
    return ""


def _sides(test: ast.expr, names: dict) -> str:
    if not isinstance(test, ast.Compare) or len(test.ops) != 1:
        return ""
    try:
        left, right = (
            _shown(eval(compile(ast.Expression(side), FILE, "eval"), names))
            for side in (test.left, test.comparators[0])
        )
    except Exception:
        return ""
    return f": left is {left}, right is {right}"


def _shown(value: object) -> str:
    try:
        text = repr(value)
    except Exception:
        text = traceback.format_exc(limit=0).strip()
    return text if len(text) <= _MAX_SHOWN else f"{text[:_MAX_SHOWN]}..."
