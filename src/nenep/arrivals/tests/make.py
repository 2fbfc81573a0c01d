"""Papers that came, made with the real verbs."""

from nenep.arrivals.models import Arrival
from nenep.arrivals.operations import register, register_outside
from nenep.documents.issuing import Sent, issue
from nenep.shared.dates import today

HEAD = {
    "issuer_name": "Ban Thường vụ Tỉnh ủy",
    "symbol": "49-CTr/TU",
    "kind": "CTr",
    "issued": "2026-02",
    "subject": "thực hiện nghị quyết đại hội",
}


def make_sent(issuer, *receivers, purpose="carry_out", day=None, **facts):
    """A paper that `issuer` sent to these bodies; gives it, its arrivals wait."""
    lines = [Sent(f"Nơi nhận {number}", purpose, body_id=body.pk) for number, body in enumerate(receivers, 1)]
    facts = {"organization": "ĐUK", "subject": "phân công kiểm tra", **facts}
    return issue(issuer, "KH", day=day or today(), recipients=lines, by=None, **facts)


def make_waiting(issuer, receiver, *, to=None, **facts):
    """What waits for `receiver` of a paper that was sent to it, or to another body."""
    return Arrival.objects.get(document=make_sent(issuer, to or receiver, **facts), body=receiver)


def make_arrival(issuer, receiver, **facts):
    """Sent and entered today."""
    arrival = make_waiting(issuer, receiver, **facts)
    register(arrival, arrived=today().isoformat(), by=None)
    return arrival


def make_outside(body, *, arrived="", by=None, **changes):
    """A paper of the province that the clerk of `body` entered by hand."""
    facts = {name: changes.pop(name) for name in ("sha256", "number", "once", "purpose") if name in changes}
    return register_outside(body, head=HEAD | changes, arrived=arrived or today().isoformat(), by=by, **facts)
