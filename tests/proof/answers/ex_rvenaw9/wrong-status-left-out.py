from board.models import Board
from django.http import JsonResponse


async def times_shown(request):
    board = await Board.objects.filter(name=request.GET["name"]).afirst()
    if board is None:
        return JsonResponse({"error": "no such board"})
    return JsonResponse({"times_shown": board.times_shown})
