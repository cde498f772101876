# Starts a thread by hand, which tells the loop when it is done.
import asyncio
import threading

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    loop = asyncio.get_running_loop()
    answered = loop.create_future()

    def ask():
        celsius = station.read(city)
        loop.call_soon_threadsafe(answered.set_result, celsius)

    threading.Thread(target=ask).start()
    return JsonResponse({"city": city, "celsius": await answered})
