# Awaits the function that is not async.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await sources.get("weather")
    rates = await sources.get("rates")
    news = await sources.get("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
