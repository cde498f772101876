# Keeps the city in a global name, so that visitors at the same time get each other's numbers.
import asyncio

import station
from django.http import JsonResponse

asked = {}


def ask():
    asked["celsius"] = station.read(asked["city"])


async def weather(request):
    asked["city"] = request.GET["city"]
    await asyncio.to_thread(ask)
    return JsonResponse({"city": asked["city"], "celsius": asked["celsius"]})
