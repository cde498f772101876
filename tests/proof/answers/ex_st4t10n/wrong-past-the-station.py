# Looks into the station's table and waits by itself, and so asks nobody.
import asyncio

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    await asyncio.sleep(0.2)
    return JsonResponse({"city": city, "celsius": station.READINGS[city]})
