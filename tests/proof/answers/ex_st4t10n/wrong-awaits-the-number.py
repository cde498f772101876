# Awaits a function that has no async form.
import station
from django.http import JsonResponse


async def weather(request):
    city = request.GET["city"]
    celsius = await station.read(city)
    return JsonResponse({"city": city, "celsius": celsius})
