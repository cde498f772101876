import time

from django.http import JsonResponse


def rates(request):
    time.sleep(0.2)  # the bank takes its time, and the thread waits with us
    return JsonResponse({"euro": 1.1})
