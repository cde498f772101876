# A class, with the names sorted without regard to capitals.
import asyncio

import sources
from asgiref.sync import sync_to_async
from django.contrib.auth import get_user_model
from django.db.models.functions import Lower
from django.http import JsonResponse
from django.views import View
from records import record_showing


class Dashboard(View):
    async def get(self, request):
        answers = await asyncio.gather(
            *(asyncio.wait_for(sources.aget(name), 0.5) for name in sources.NAMES),
            return_exceptions=True,
        )
        late = [isinstance(answer, TimeoutError) for answer in answers]
        page = {
            name: None if is_late else answer
            for name, answer, is_late in zip(sources.NAMES, answers, late)
        }
        page["missing"] = [name for name in sources.NAMES if page[name] is None]
        members = get_user_model().objects.filter(is_active=True).order_by(Lower("username"))
        page["members"] = await sync_to_async(list)(members.values_list("username", flat=True))
        page["showing"] = await sync_to_async(record_showing)(page["missing"])
        return JsonResponse(page)


dashboard = Dashboard.as_view()
