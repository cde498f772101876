# Gives the number that the showing before had.
from board.models import Board, Showing
from django.db import transaction


@transaction.atomic
def record_showing(missing):
    board = Board.objects.get(name="hall")
    number = board.times_shown
    board.times_shown = number + 1
    board.save()
    Showing.objects.create(board=board, number=number, missing=missing)
    return number
