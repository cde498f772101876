# Puts the blocking call into an async function of its own, where it blocks as before.
import station
from django.http import JsonResponse


async def read(city):
    return station.read(city)


async def weather(request):
    city = request.GET["city"]
    celsius = await read(city)
    return JsonResponse({"city": city, "celsius": celsius})
