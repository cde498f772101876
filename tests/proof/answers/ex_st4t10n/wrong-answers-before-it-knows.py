# Starts the thread and answers before it has a number.
import asyncio

import station
from django.http import JsonResponse

celsius = None


async def weather(request):
    city = request.GET["city"]

    def ask():
        global celsius
        celsius = station.read(city)

    asyncio.get_running_loop().run_in_executor(None, ask)
    return JsonResponse({"city": city, "celsius": celsius})
