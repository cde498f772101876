"""Where the lab's container begins: `main.py RUNTIME`. It serves one request, and ends with it."""

import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

SANDBOX = str(Path(__file__).parents[1])


def main(name: str) -> None:
    """Loads all that is needed from behind the doors, then supervises."""
    folder = f"{SANDBOX}/runtimes/{name}"
    sys.path.append(SANDBOX)
    from jail import places

    sys.path[-1:] = [places.PACKAGES, SANDBOX, f"{SANDBOX}/lab", folder]
    from assay_lab import supervisor
    from jail import kernel

    kernel.prctl(kernel.PR_SET_DUMPABLE, 0)
    module = json.loads(Path(folder, "runtime.json").read_text())["module"]
    runtime = importlib.import_module(module)
    # Behind the doors there is no reading of the harness's own files.
    for each in pkgutil.iter_modules(runtime.__path__, f"{module}."):
        importlib.import_module(each.name)
    kernel.drop_bounding_set()
    supervisor.serve(runtime)
    # Process 1 of the container ends with us, and all that is in it.
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
