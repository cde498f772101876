from board.models import Board
from django.http import JsonResponse


async def times_shown(request):
    board = await Board.objects.order_by("pk").afirst()
    if board is None:
        return JsonResponse({"error": "no such board"}, status=404)
    return JsonResponse({"times_shown": board.times_shown})
