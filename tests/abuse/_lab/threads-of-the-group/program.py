import threading

from django.http import HttpResponse

threading.stack_size(256 * 1024)
end = threading.Event()
made = 0
try:
    for made in range(1, 5000):
        threading.Thread(target=end.wait, daemon=True).start()
        if made > 400:
            print("BREACH has", made, "threads")
            break
except (RuntimeError, MemoryError) as error:
    print("refused", type(error).__name__)
end.set()


def view(request):
    return HttpResponse()
