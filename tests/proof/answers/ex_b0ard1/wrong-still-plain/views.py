# Changes nothing but the names: the view is plain, and a worker thread waits.
import sources
from django.http import JsonResponse


def dashboard(request):
    return JsonResponse({name: sources.get(name) for name in sources.NAMES})
