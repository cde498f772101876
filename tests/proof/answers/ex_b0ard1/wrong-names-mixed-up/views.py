# Has two answers under each other's name.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await sources.aget("weather")
    news = await sources.aget("rates")
    rates = await sources.aget("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
