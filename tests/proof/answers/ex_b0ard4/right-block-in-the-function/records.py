# Counts in the database itself, within a block that is one transaction.
from board.models import Board, Showing
from django.db import transaction
from django.db.models import F


def record_showing(missing):
    with transaction.atomic():
        Board.objects.filter(name="hall").update(times_shown=F("times_shown") + 1)
        board = Board.objects.get(name="hall")
        board.showings.create(number=board.times_shown, missing=missing)
    return board.times_shown
