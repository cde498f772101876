# Has the answers written into the page, and asks nobody.
from django.http import JsonResponse


async def dashboard(request):
    return JsonResponse(
        {
            "weather": "rain, 4 degrees",
            "rates": "1 euro is 1.09 dollars",
            "news": "lift repaired",
        }
    )
