# Is async by its first word only, and blocks the loop.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = sources.get("weather")
    rates = sources.get("rates")
    news = sources.get("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
