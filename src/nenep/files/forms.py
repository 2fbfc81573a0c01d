from django import forms
from django.utils.translation import gettext_lazy as _


class AttachmentForm(forms.Form):
    """The fields of an upload; the page of the owner shows them and calls `operations.attach`."""

    file = forms.FileField(
        label=_("Tệp"), help_text=_("PDF, Word (.docx), Excel (.xlsx), ảnh PNG hoặc JPEG."), max_length=255
    )
    is_open = forms.BooleanField(
        label=_("Tôi đã kiểm tra: tệp này không chứa bí mật nhà nước."),
        error_messages={
            "required": _("Đồng chí cần xác nhận tệp không chứa bí mật nhà nước rồi mới tải lên.")
        },
    )
