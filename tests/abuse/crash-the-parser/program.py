import ast
import sys

for bomb in ("(" * 100_000, "-" * 200_000 + "1", "[" * 5_000 + "]" * 5_000):
    try:
        compile(bomb, "bomb", "exec")
    except (MemoryError, RecursionError, SyntaxError) as error:
        print("refused", type(error).__name__)
print("parsing", flush=True)
sys.setrecursionlimit(2**31 - 1)
place = {"lineno": 1, "col_offset": 0}
tree = ast.Constant(1, **place)
for _ in range(1_000_000):
    tree = ast.UnaryOp(ast.USub(), tree, **place)
compile(ast.Expression(tree), "bomb", "eval")
