# Stays a plain view, whose thread waits for the async questions.
import sources
from asgiref.sync import async_to_sync
from django.http import JsonResponse

get = async_to_sync(sources.aget)


def dashboard(request):
    weather, rates, news = get("weather"), get("rates"), get("news")
    return JsonResponse({"weather": weather, "rates": rates, "news": news})
