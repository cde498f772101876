from django.http import JsonResponse


async def receipt(request):
    number = int(request.GET["number"])
    return JsonResponse({"receipt": f"receipt {number}"})
