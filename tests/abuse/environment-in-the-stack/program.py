import ctypes

KNOWN = {"LANG", "LC_CTYPE", "LD_LIBRARY_PATH", "MALLOC_ARENA_MAX", "PWD", "PYTHONHASHSEED"}
# The arguments lie below the environment; the stack ends with the page.
start = ctypes.cast(
    ctypes.c_void_p.in_dll(ctypes.CDLL(None), "program_invocation_name"), ctypes.c_void_p
).value
end = (start + 4095) // 4096 * 4096
for text in ctypes.string_at(start, end - start).split(b"\0"):
    name, is_pair, _ = text.decode("utf-8", "replace").partition("=")
    if is_pair and name.isidentifier():
        print(name if name in KNOWN else f"BREACH was started with {text}")
