# Writes the same answer by hand, with the keys the other way round.
import asyncio
import json

import station
from django.http import HttpResponse


async def weather(request):
    city = request.GET["city"]
    celsius = await asyncio.to_thread(lambda: station.read(city))
    return HttpResponse(
        json.dumps({"celsius": celsius, "city": city}), content_type="application/json"
    )
