"""Template, upload with its check, confirmation. Until the confirmation nothing but the file itself is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nenep.importers import exports, operations
from nenep.importers.access import may_import
from nenep.importers.forms import UploadForm
from nenep.importers.models import Upload
from nenep.importers.schemas import SCHEMAS, Schema
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from nenep.importers.operations import Report
    from nenep.shared.web import Request

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN_AT_MOST = 200


@require_safe
def index(request: Request) -> HttpResponse:
    _require_importer(request)
    return render(request, "importers/index.html", {"schemas": SCHEMAS.values()})


@require_http_methods(["GET", "HEAD", "POST"])
def upload(request: Request, kind: str) -> HttpResponse:
    """The page of one kind; a posted file is checked by loading it and rolling back, then waits."""
    _require_importer(request)
    schema = _schema(kind)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            report = operations.check(kind, file.name, content, by=request.viewer)
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            kept = operations.keep_upload(kind, file.name, content, by=request.viewer)
            return _report(request, schema, kept, report)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "importers/upload.html", {"schema": schema, "form": form}, status=status)


@require_safe
def template(request: Request, kind: str) -> HttpResponse:
    _require_importer(request)
    return _file(exports.template(_schema(kind)), f"mau-{kind}.xlsx")


@require_safe
def marked(request: Request, pk: int) -> HttpResponse:
    """The uploaded file with its errors marked."""
    kept = _kept(request, pk)
    content = bytes(kept.content)
    report = operations.check(kept.kind, kept.name, content, by=request.viewer)
    return _file(exports.marked(kept.name, content, report.faults), f"da-danh-dau-{kept.kind}.xlsx")


@require_POST
def confirmation(request: Request, pk: int) -> HttpResponse:
    """Load the file that was checked; what has changed since then shows as errors and nothing is written."""
    kept = _kept(request, pk)
    report = operations.confirm(kept, by=request.viewer)
    if not report.is_good:
        return _report(request, _schema(kept.kind), kept, report)
    facts = {"written": report.written, "unchanged": report.unchanged}
    if report.written:
        messages.success(
            request, _("Đã nạp %(written)d mục mới; %(unchanged)d mục có sẵn giữ nguyên.") % facts
        )
    else:
        messages.success(request, _("Mọi thứ trong tệp đã có sẵn, không có gì thay đổi."))
    return redirect("importers:index")


@require_POST
def withdrawal(request: Request, pk: int) -> HttpResponse:
    kept = _kept(request, pk)
    operations.withdraw(kept, by=request.viewer)
    messages.success(request, _("Đã bỏ tệp; chưa nạp gì."))
    return redirect("importers:index")


def _require_importer(request: Request) -> None:
    if not may_import(request.viewer):
        raise PermissionDenied


def _schema(kind: str) -> Schema:
    if kind not in SCHEMAS:
        raise Http404
    return SCHEMAS[kind]


def _kept(request: Request, pk: int) -> Upload:
    _require_importer(request)
    assert request.viewer.account_id is not None  # `may_import` has said so
    return get_object_or_404(Upload.objects.filter(account_id=request.viewer.account_id), pk=pk)


def _report(request: Request, schema: Schema, kept: Upload, report: Report) -> HttpResponse:
    context = {
        "schema": schema,
        "upload": kept,
        "report": report,
        "faults": report.faults[:SHOWN_AT_MOST],
        "more": len(report.faults) - SHOWN_AT_MOST,
    }
    return render(request, "importers/report.html", context, status=200 if report.is_good else 422)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
