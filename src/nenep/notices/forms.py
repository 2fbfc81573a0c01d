from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class WaysForm(forms.Form):
    """How the member wants to be told besides the inbox."""

    by_email = forms.BooleanField(label=_("Gửi thư điện tử cho tôi"), required=False)
    by_phone = forms.BooleanField(label=_("Gọi điện cho tôi"), required=False)
    wants_paper = forms.BooleanField(label=_("Gửi giấy cho tôi"), required=False)


class DeviceForm(forms.Form):
    """What the browser gives when it was asked; the address is judged by `choosing.add_device`."""

    endpoint = forms.CharField(max_length=1000)
