print("raising", flush=True)
raise SyntaxError("no such line", ("program.py", 10**400, 1, ""))
