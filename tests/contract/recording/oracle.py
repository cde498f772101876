"""Tells what a program does without tracing it: notes are written into its source.

A note stands before each statement (its line, all variables), at the beginning and the end of each
function, where an exception leaves a block, and at each yield. This is run as a plain program; what
it prints last is compared with a recording of the program as it is.
"""

import ast
import json

SIMPLE = (ast.FunctionDef, ast.AsyncFunctionDef)
NOTES = []


def told(value):
    """Its own idea of a value as text: the programs have plain, short values only."""
    if isinstance(value, BaseException):
        return f"{type(value).__name__}({', '.join(map(told, value.args))})"
    plain = (type(None), bool, int, float, str, list, tuple, dict)
    return repr(value) if type(value) in plain else f"<{type(value).__name__}>"


class Call:
    """One call of a function."""

    def __init__(self, function, variables):
        self.function, self.last = function, None
        self.note("call", variables=state(variables))

    def note(self, kind, **more):
        self.last = kind
        NOTES.append({"kind": kind, "function": self.function, **more})

    def statement(self, line, variables):
        self.note("line", line=line, variables=state(variables))

    def left(self, value):
        self.note("return", text=told(value))
        return value

    def yields(self, value):
        self.note("yield", text=told(value))
        return value

    def raised(self, error):
        # It has been told of by a block within.
        if self.last != "raise":
            self.note("raise", text=told(error))

    def element(self, function, variables):
        NOTES.append({"kind": "element", "function": function, "variables": state(variables)})
        return True

    def collected(self, function, value):
        NOTES.append({"kind": "return", "function": function, "text": told(value)})
        return value


def state(variables):
    return {name: told(value) for name, value in variables.items() if not name.startswith("__")}


class Writer(ast.NodeTransformer):
    """Writes the notes into one function, and into those within it."""

    def __init__(self, path):
        self.path = path

    def function(self, node):
        qualified = f"{self.path}{node.name}"
        within = Writer(f"{qualified}.<locals>.")
        within.name = qualified
        node.body = within.body_of(qualified, node.body)
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = function  # noqa: N815

    def body_of(self, name, body):
        self.name = name
        begin = code(f"__call__ = __Call__({name!r}, locals())")
        return [*begin, self.guarded([*self.block(body), *code("__call__.left(None)")])]

    def guarded(self, body):
        [guard] = code(
            "try: pass\nexcept BaseException as __error__:\n __call__.raised(__error__)\n raise"
        )
        guard.body = body
        return guard

    def block(self, body):
        """Each statement with its note; a compound one has its notes within."""
        written = []
        for statement in body:
            if not isinstance(statement, COMPOUND):
                written += code(f"__call__.statement({first_line(statement)}, locals())")
            written.append(self.visit(statement))
        return written

    def visit_Try(self, node):
        node.body = [self.guarded(self.block(node.body))]
        for handler in node.handlers:
            handler.body = [self.guarded(self.block(handler.body))]
        if node.orelse:
            node.orelse = [self.guarded(self.block(node.orelse))]
        node.finalbody = self.block(node.finalbody)
        return node

    def compound(self, node):
        for field in ("test", "iter"):
            if hasattr(node, field):
                setattr(node, field, self.visit(getattr(node, field)))
        node.body = self.block(node.body)
        node.orelse = self.block(getattr(node, "orelse", []))
        return node

    visit_For = visit_AsyncFor = visit_While = compound  # noqa: N815
    visit_If = visit_With = visit_AsyncWith = compound  # noqa: N815

    def visit_Return(self, node):
        self.generic_visit(node)
        return called(node, "value", "__call__.left", node.value or ast.Constant(None))

    def visit_Yield(self, node):
        self.generic_visit(node)
        return called(node, "value", "__call__.yields", node.value or ast.Constant(None))

    def visit_ListComp(self, node):
        name = "<listcomp>" if self.name == "<module>" else f"{self.name}.<locals>.<listcomp>"
        targets = [n for each in node.generators for n in ast.walk(each.target)]
        names = [n.id for n in targets if isinstance(n, ast.Name)]
        seen = ast.Dict([ast.Constant(n) for n in names], [ast.Name(n, ast.Load()) for n in names])
        # As the first condition: also what a later one leaves out is a turn of the loop.
        [element] = code(f"__call__.element({name!r}, 0)")
        element.value.args[1] = seen
        node.generators[-1].ifs.insert(0, element.value)
        [whole] = code(f"__call__.collected({name!r}, 0)")
        whole.value.args[1] = node
        return whole.value


COMPOUND = (ast.For, ast.While, ast.If, ast.Try, ast.With, ast.AsyncFor, ast.AsyncWith)


def called(node, field, name, value):
    [call] = code(f"{name}(0)")
    call.value.args = [value]
    setattr(node, field, call.value)
    return node


def code(source):
    return ast.parse(source).body


def first_line(statement):
    return min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", []))])


def spans(tree):
    """First and last line of each statement, and whether it is a header that is not compared."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, (*COMPOUND, ast.ExceptHandler)):
            found.append([node.lineno, node.body[0].lineno - 1, True])
        elif isinstance(node, SIMPLE):
            found.append([first_line(node), node.body[0].lineno - 1, False])
        elif isinstance(node, ast.stmt):
            found.append([node.lineno, node.end_lineno, False])
    return found


def run(source):
    tree = ast.parse(source)
    where = spans(tree)
    tree.body = Writer("").body_of("<module>", tree.body)
    ast.fix_missing_locations(tree)
    names = {"__name__": "__main__", "__Call__": Call}
    try:
        exec(compile(tree, "program.py", "exec"), names)
    finally:
        print("\x1e" + json.dumps({"notes": NOTES, "spans": where}))


with open("source.txt") as file:
    run(file.read())
