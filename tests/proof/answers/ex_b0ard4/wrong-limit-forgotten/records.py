# Counts and writes down in one transaction.
from board.models import Board, Showing
from django.db import transaction


@transaction.atomic
def record_showing(missing):
    board = Board.objects.get(name="hall")
    board.times_shown += 1
    board.save()
    Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    return board.times_shown
