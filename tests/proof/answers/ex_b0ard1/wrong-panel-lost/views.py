# Loses a panel on the way.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await sources.aget("weather")
    news = await sources.aget("news")
    return JsonResponse({"weather": weather, "news": news})
