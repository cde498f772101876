import printing
from django.http import JsonResponse


async def drawn(number):
    return printing.POOL.submit(printing.draw, number).result()


async def receipt(request):
    return JsonResponse({"receipt": await drawn(int(request.GET["number"]))})
