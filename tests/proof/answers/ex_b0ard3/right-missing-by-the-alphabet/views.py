# Names those that are missing in the order of the alphabet.
import asyncio

import sources
from django.http import JsonResponse


async def text_or_nothing(name):
    try:
        return await asyncio.wait_for(sources.aget(name), timeout=0.5)
    except TimeoutError:
        return None


async def dashboard(request):
    weather, rates, news = await asyncio.gather(
        text_or_nothing("weather"), text_or_nothing("rates"), text_or_nothing("news")
    )
    page = {"news": news, "rates": rates, "weather": weather}
    page["missing"] = sorted(name for name in page if page[name] is None)
    return JsonResponse(page)
