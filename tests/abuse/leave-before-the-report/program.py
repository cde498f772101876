import os

from django.http import HttpResponse


def view(request):
    os._exit(0)
    return HttpResponse()
