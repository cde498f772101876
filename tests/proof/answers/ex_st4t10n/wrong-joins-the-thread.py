# Starts a thread and joins it on the loop.
import threading

import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    found = []
    thread = threading.Thread(target=lambda: found.append(station.read(city)))
    thread.start()
    thread.join()
    return JsonResponse({"city": city, "celsius": found[0]})
