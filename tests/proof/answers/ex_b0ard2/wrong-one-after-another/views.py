# Waits for each answer before the next question.
import sources
from django.http import JsonResponse


async def dashboard(request):
    return JsonResponse({name: await sources.aget(name) for name in sources.NAMES})
