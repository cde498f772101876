# Writes down first and counts afterwards, in one transaction, with other names.
from board.models import Board, Showing
from django.db import transaction


class Record:
    def __init__(self, missing):
        self.missing = missing

    @transaction.atomic
    def write(self):
        board = Board.objects.select_for_update().get(name="hall")
        number = board.times_shown + 1
        Showing(board=board, number=number, missing=self.missing).save()
        board.times_shown = number
        board.save(update_fields=["times_shown"])
        return number
