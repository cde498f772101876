# Goes back to a plain view, with a pool of threads.
from concurrent.futures import ThreadPoolExecutor

import sources
from django.http import JsonResponse


def dashboard(request):
    with ThreadPoolExecutor(3) as pool:
        answers = pool.map(sources.get, sources.NAMES)
    return JsonResponse(dict(zip(sources.NAMES, answers)))
