import pytest
from django.db import connection, transaction

from nenep.live.hub import hub
from nenep.live.operations import PG_CHANNEL, publish


@pytest.fixture
def rung(monkeypatch):
    rung = []
    monkeypatch.setattr(hub, "ring", rung.append)
    return rung


@pytest.fixture
def heard(transactional_db):
    """What another process would hear on PostgreSQL."""
    if connection.vendor != "postgresql":
        yield list
        return
    import psycopg

    from nenep.live.listening import _conninfo

    with psycopg.connect(_conninfo(), autocommit=True) as listener:
        listener.execute(f"LISTEN {PG_CHANNEL}")
        yield lambda: [n.payload for n in listener.notifies(timeout=0.3)]


@pytest.mark.django_db(transaction=True)
def test_followers_are_woken_when_the_change_is_committed(rung, heard):
    with transaction.atomic():
        publish("meeting", 12)
        assert (rung, heard()) == ([], [])
    told = heard() if connection.vendor == "postgresql" else rung
    assert told in ([("meeting", 12)], ["meeting:12"])


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_wakes_nobody(rung, heard):
    class Stop(Exception):
        pass

    with pytest.raises(Stop), transaction.atomic():
        publish("meeting", 12)
        raise Stop
    assert (rung, heard()) == ([], [])
