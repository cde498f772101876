import gc
import json
import os

from django.http import HttpResponse


def scribble():
    for region in [each for each in gc.get_objects() if type(each).__name__ == "Region"]:
        memory = region._memory
        head = bytes([255]) * 64
        for text in (
            b"[" * 30000,
            json.dumps({"end": "ended", "status": 10**300, "cpuMs": -1}).encode(),
            json.dumps({"end": {"a": 1}, "error": {"type": "x" * 20000}}).encode(),
            b'{"end":"raised","error":{"type":"T","message":"\\ud800","line":-5,"place":"load","frames":[]}}',
            b'{"end":NaN}',
            os.urandom(30000),
        ):
            memory[64 : 64 + len(text)] = text
        memory[0:64] = head
        memory[64 + 32768 :] = os.urandom(len(memory) - 64 - 32768)


def view(request):
    scribble()
    if request.headers["x-lab-request"] == "2":
        for region in [each for each in gc.get_objects() if type(each).__name__ == "Region"]:
            region._memory[0:64] = bytes(64)
            # As if it had never been shut in.
            region.tell(b'{"end": "fault", "error": null}')
        os._exit(0)
    return HttpResponse()
