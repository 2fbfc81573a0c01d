"""The answer to a request that cannot be read: too long, cut off on the way, or sent to a name that is not ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.http import HttpResponseBadRequest
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

MEGABYTE = 1024 * 1024


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """413 beyond `DATA_UPLOAD_MAX_MEMORY_SIZE`, else 400; each says that nothing was saved and what to do."""
    if isinstance(exception, DisallowedHost):
        # The page around a sentence asks for the address again, and whose it is.
        return HttpResponseBadRequest(render_to_string("unknown_address.html"))
    if isinstance(exception, RequestDataTooBig):
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
        sentence = _(
            "Việc vừa làm chưa được lưu, vì phần chữ gửi lên dài hơn %(limit)d MB. Đồng chí bấm nút quay lại của "
            "trình duyệt, rút ngắn rồi gửi lại. Văn bản dài thì đính kèm bằng tệp."
        ) % {"limit": limit}
        return render(
            request, "400.html", {"heading": _("Nội dung quá dài"), "sentence": sentence}, status=413
        )
    sentence = _(
        "Việc vừa làm chưa được lưu, vì nội dung đến đây không trọn vẹn. Đồng chí bấm nút quay lại của trình duyệt rồi "
        "gửi lần nữa."
    )
    return render(request, "400.html", {"heading": _("Chưa nhận được"), "sentence": sentence}, status=400)
