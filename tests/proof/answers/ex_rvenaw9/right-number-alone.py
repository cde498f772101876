from board.models import Board
from django.http import JsonResponse


async def times_shown(request):
    numbers = Board.objects.filter(name=request.GET["name"]).values_list("times_shown", flat=True)
    async for number in numbers:
        return JsonResponse({"times_shown": number})
    return JsonResponse({}, status=404)
