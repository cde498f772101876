import builtins
import ctypes
import sys

from django.conf import settings
from django.db.models import QuerySet

write = sys.stdout.write
builtins.print = lambda *_, **__: write("poisoned\n")
builtins.len = lambda _: 13
QuerySet.count = lambda _: 13
settings.DEBUG = True
sys.modules["json"] = sys.modules["random"] = None
# The value of the one object that stands for 7.
ctypes.c_uint32.from_address(id(7) + 24).value = 8
print()
