"""The page that the board in the hall shows."""

import sources
from django.http import JsonResponse


def dashboard(request):
    weather = sources.get("weather")
    rates = sources.get("rates")
    news = sources.get("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
