# Does not wait for what it asks.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = sources.aget("weather")
    rates = sources.aget("rates")
    news = sources.aget("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
