import re

re.match(r"(a|a)*$", "a" * 64 + "b")
