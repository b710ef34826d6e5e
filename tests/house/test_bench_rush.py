"""The benchmark of the deadline rush counts what it should; a small rush through the real server is judged right."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench import rush, rush_client, rush_drafts, rush_servers
from bench.apart import ROOT
from bench.rows import WRONG, Row
from bench.rush_client import Sent

DEADLINE = 1_000.0
IN, OUT = 302, 409


def sent(name: str, at: float, status: int, answered: float = 1_002.0) -> Sent:
    location = f"/applications/{name}/receipt/" if status == IN else ""
    return Sent(name, before=at - 0.0001, after=at, answered=answered, status=status, location=location)


RIGHT = rush.Outcome(
    DEADLINE,
    0.0,
    (sent("a", 999.2, IN), sent("b", 999.9, IN), sent("c", 1_000.1, OUT)),
    {"a": 999.2, "b": 999.9},
)


def wrongs(outcome: rush.Outcome) -> tuple[int, int, int]:
    return outcome.refused_in_time, outcome.accepted_late, outcome.broken


class TestCounting:
    def test_all_is_well(self) -> None:
        assert wrongs(RIGHT) == (0, 0, 0)
        assert (len(RIGHT.in_time), len(RIGHT.late), RIGHT.drained) == (2, 1, 2.0)

    @pytest.mark.parametrize(
        ("wrong", "stamped", "expected"),
        [
            (sent("b", 999.9, OUT), {"a": 999.2}, (1, 0, 0)),
            (sent("b", 999.9, IN), {"a": 999.2}, (1, 0, 0)),
            (sent("b", 999.9, 500), {"a": 999.2}, (1, 0, 1)),
            (sent("b", 999.9, 0), {"a": 999.2}, (1, 0, 1)),
            (sent("b", 1_000.2, IN), {"a": 999.2, "b": 999.9}, (0, 1, 0)),
            (sent("b", 1_000.2, OUT), {"a": 999.2, "b": 999.9}, (0, 1, 0)),
        ],
        ids=["refused", "a receipt that is not kept", "broken", "no answer", "late but in", "late but kept"],
    )
    def test_each_wrong_is_counted(self, wrong: Sent, stamped: dict[str, float], expected: Any) -> None:
        outcome = replace(RIGHT, sent=(RIGHT.sent[0], wrong, RIGHT.sent[2]), stamped=stamped)
        assert wrongs(outcome) == expected

    def test_who_was_sent_across_the_deadline_is_neither(self) -> None:
        across = replace(sent("b", 1_000.00005, OUT), before=999.9999)
        outcome = replace(RIGHT, sent=(RIGHT.sent[0], across), stamped={"a": 999.2})
        assert (len(outcome.in_time), len(outcome.late), wrongs(outcome)) == (1, 0, (0, 0, 0))

    def test_the_margin_is_before_the_deadline_only(self) -> None:
        outcome = replace(RIGHT, margin=0.2)
        assert [each.application for each in outcome.in_time] == ["a"]
        assert [each.application for each in outcome.late] == ["c"]

    def test_a_wrong_of_ours_is_not_met(self, capsys: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        bad = replace(RIGHT, stamped={"a": 999.2})
        rows = rush.rows_of("a server", bad, RIGHT)
        assert [row.is_met for row in rows if row.unit == WRONG] == [False, True, True]
        monkeypatch.setattr(bench, "BENCHMARKS", {"rush": lambda run: rows})
        assert bench.main([]) == 1
        told = capsys.readouterr()
        assert "NOT MET: 0" in told.out
        assert "NOT MET: a server: refused though in time, of 2: 1" in told.err
        monkeypatch.setattr(bench, "BENCHMARKS", {"rush": lambda run: rush.rows_of("a server", RIGHT, bad)})
        assert bench.main(["--json"]) == 0, "what the plain way gets wrong is not ours"

    def test_rows_survive_the_way_between_processes(self) -> None:
        for row in rush.rows_of("a server", RIGHT, RIGHT):
            assert Row(**json.loads(json.dumps(row.__dict__))) == row


class TestSending:
    def test_instants_are_within_a_second_of_the_deadline(self) -> None:
        slots = list(rush_client.schedule(10, DEADLINE, 0.02))
        early = [at for at, kind in slots if kind == "in time"]
        late = [at for at, kind in slots if kind == "late"]
        assert (len(early), len(late)) == (10, 10)
        assert DEADLINE - 1 <= early[0] < early[-1] <= DEADLINE - 0.02
        assert DEADLINE < late[0] < late[-1] < DEADLINE + 1

    def test_a_request_claims_another_time_and_ends_with_its_body(self) -> None:
        form = {"path": "/x/", "cookies": "a=b", "body": "csrfmiddlewaretoken=c"}
        whole = rush_client.request_of(form, "127.0.0.1:80", "t=5").decode()
        head, _, body = whole.partition("\r\n\r\n")
        assert body == form["body"]
        assert "X-Request-Start: t=5" in head
        assert f"Content-Length: {len(body)}" in head

    def test_codes_are_all_different(self) -> None:
        assert len(set(rush_drafts.codes(2_008))) == 2_008


def test_nginx_reads_its_example_and_sets_the_stamp() -> None:
    text = (rush_servers.DEPLOY / "nginx" / "remit-proxy.conf").read_text()
    assert 'proxy_set_header X-Request-Start "t=$msec";' in text
    assert "proxy_request_buffering on;" in text
    assert "client_max_body_size 25m;" in text


@pytest.mark.slow
def test_a_small_rush_through_remit_serve(tmp_path: Path) -> None:
    """Twelve in the last second, twelve in the first after, with false stamps; on a machine however busy."""
    environment = {
        **os.environ,
        "REMIT_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": rush.OURS,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
    }
    environment.pop("DATABASE_URL", None)
    kept = tmp_path / "kept.json"
    options = json.dumps({"count": 12, "postgres": False, "keep": str(kept)})
    command = [sys.executable, "-m", "bench.rush", options]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    ours, plain = (
        rush.Outcome(**{**each, "sent": tuple(Sent(**one) for one in each["sent"])})
        for each in json.loads(kept.read_text())
    )
    assert len(ours.sent) == len(plain.sent) == 24
    assert wrongs(ours) == (0, 0, 0)
    assert len(ours.in_time) > 6, "most were in time, or nothing was shown"
    assert len(ours.late) > 6
    assert plain.accepted_late == 0
