# Forgets one of the three.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await sources.aget("weather")
    rates = sources.get("rates")
    news = await sources.aget("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
