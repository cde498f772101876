# Counts and writes down in one transaction.
from board.models import Board, Showing
from django.db import transaction
from django.db.models import F


@transaction.atomic
def record_showing(missing):
    Board.objects.filter(name="hall").update(times_shown=F("times_shown") + 1)
    board = Board.objects.get(name="hall")
    Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    return board.times_shown
