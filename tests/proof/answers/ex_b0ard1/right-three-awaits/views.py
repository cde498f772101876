# Three questions, each awaited where it is asked.
import sources
from django.http import JsonResponse


async def dashboard(request):
    weather = await sources.aget("weather")
    rates = await sources.aget("rates")
    news = await sources.aget("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
