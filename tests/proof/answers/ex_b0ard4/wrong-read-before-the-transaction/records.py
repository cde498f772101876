# Counts on from what was read long before.
from board.models import Showing
from django.db import transaction


@transaction.atomic
def record_showing(board, missing):
    board.times_shown += 1
    board.save()
    Showing.objects.create(board=board, number=board.times_shown, missing=missing)
    return board.times_shown
