from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.base import File

KINDS = _("PDF, Word (.docx), Excel (.xlsx), ảnh PNG, JPEG hoặc TIFF, tệp chữ (.txt).")


class ConsentForm(forms.Form):
    """A form with files (`file_names`): whoever sends one says that it holds no state secret."""

    file_names: ClassVar[tuple[str, ...]] = ("file",)

    is_open = forms.BooleanField(
        label=_("Tôi đã kiểm tra: tệp này không chứa bí mật nhà nước."), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["is_open"] = self.fields.pop("is_open")  # below the files

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if any(data.get(name) for name in self.file_names) and not data.get("is_open"):
            self.add_error(
                "is_open", _("Đồng chí cần xác nhận tệp không chứa bí mật nhà nước rồi mới tải lên.")
            )
        return data

    def files_sent(self) -> Iterator[tuple[str, File[bytes]]]:
        """Of a valid form: the field and the file of each that came."""
        return ((name, self.cleaned_data[name]) for name in self.file_names if self.cleaned_data.get(name))

    @property
    def typed(self) -> dict[str, Any]:
        """What the verb of the record takes: all but the files."""
        beside = {*self.file_names, "is_open"}
        return {name: value for name, value in self.cleaned_data.items() if name not in beside}


class AttachmentForm(ConsentForm):
    """The fields of an upload; the page of the owner shows them and calls `operations.attach`."""

    file = forms.FileField(label=_("Tệp"), help_text=KINDS, max_length=255)


class SourcedAttachmentForm(AttachmentForm):
    """The same with where the file comes from, for an owner that does not tell that itself (R128)."""

    source = forms.CharField(
        label=_("Nguồn chính thức"),
        required=False,
        max_length=200,
        help_text=_("Cơ quan ban hành, số, ngày. Để trống thì ghi là tài liệu tham khảo, không chính thức."),
    )


class OptionalFileForm(ConsentForm):
    """A file beside what is typed; the page keeps the text first, then calls `sending.attach_sent`."""

    file = forms.FileField(label=_("Tệp kèm theo"), required=False, max_length=255, help_text=KINDS)
