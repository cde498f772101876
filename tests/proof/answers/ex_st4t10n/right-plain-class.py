# Is a class with a plain method, which Django runs on a worker thread.
import station
from django.http import JsonResponse
from django.views import View


class Weather(View):
    def get(self, request):
        city = request.GET["city"]
        return JsonResponse({"city": city, "celsius": station.read(city)})


weather = Weather.as_view()
