# A helper of its own, made async by a decorator.
import station
from asgiref.sync import sync_to_async
from django.http import JsonResponse


@sync_to_async
def measured_in(city):
    return station.read(city)


async def weather(request):
    town = request.GET["city"]
    degrees = await measured_in(town)
    return JsonResponse({"city": town, "celsius": degrees})
