# Wraps the blocking question, so that a thread is held all the same.
import sources
from asgiref.sync import sync_to_async
from django.http import JsonResponse

get = sync_to_async(sources.get)


async def dashboard(request):
    return JsonResponse(
        {"weather": await get("weather"), "rates": await get("rates"), "news": await get("news")}
    )
