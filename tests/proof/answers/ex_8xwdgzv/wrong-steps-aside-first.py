import asyncio

import printing
from django.http import JsonResponse


async def receipt(request):
    number = int(request.GET["number"])
    job = printing.POOL.submit(printing.draw, number)
    await asyncio.sleep(0)
    return JsonResponse({"receipt": job.result()})
