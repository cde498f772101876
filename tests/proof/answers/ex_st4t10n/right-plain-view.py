# Is a plain function, which Django runs on a worker thread.
import station
from django.http import JsonResponse


def weather(request):
    city = request.GET["city"]
    return JsonResponse({"city": city, "celsius": station.read(city)})
