from __future__ import annotations

from typing import TYPE_CHECKING

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Tệp đã điền"),
        help_text=gettext_lazy("Tệp .xlsx hoặc .csv, không quá 20 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={
            "required": gettext_lazy("Đồng chí chọn tệp."),
            "empty": gettext_lazy("Tệp này trống. Đồng chí chọn lại tệp."),
        },
    )

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.FILE_MAX_BYTES:
            raise forms.ValidationError(_("Tệp lớn hơn 20 MB. Đồng chí chia thành nhiều tệp nhỏ hơn."))
        return file
