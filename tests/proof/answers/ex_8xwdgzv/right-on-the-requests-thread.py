import printing
from asgiref.sync import sync_to_async
from django.http import JsonResponse


async def receipt(request):
    draw = sync_to_async(printing.draw)
    return JsonResponse({"receipt": await draw(int(request.GET["number"]))})
