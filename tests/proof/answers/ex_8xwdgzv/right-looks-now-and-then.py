import asyncio

import printing
from django.http import JsonResponse


async def receipt(request):
    job = printing.POOL.submit(printing.draw, int(request.GET["number"]))
    while not job.done():
        await asyncio.sleep(0.01)
    return JsonResponse({"receipt": job.result()})
