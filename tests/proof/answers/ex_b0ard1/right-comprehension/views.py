# A comprehension over the names that the services have.
from django.http import JsonResponse
from sources import NAMES, aget


async def dashboard(request):
    return JsonResponse({name: await aget(name) for name in NAMES})
