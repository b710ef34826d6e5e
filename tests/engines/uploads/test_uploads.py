"""What is taken and what is not: a corpus of files as people send them."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.engines.uploads import KINDS, check_upload, clean_name, kind_of, media_type_of
from tests.upload_corpus import SOUND, UNSOUND


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_file_is_taken(name: str) -> None:
    assert check_upload(name, SOUND[name]).allowed


def test_every_type_that_is_taken_has_a_sound_file() -> None:
    assert {kind_of(name) for name in SOUND} == set(KINDS.values())


@pytest.mark.slow
@pytest.mark.parametrize("case", UNSOUND)
def test_an_unsound_file_is_refused_for_its_reason_in_two_seconds(case: str) -> None:
    name, content, code = UNSOUND[case]
    started = time.process_time()
    decision = check_upload(name, content)
    assert time.process_time() - started < 2
    assert [reason.code for reason in decision.reasons] == [code]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("empty", "The selected file is empty"),
        ("too large", "The selected file must be smaller than 10MB"),
        ("svg", "The selected file must be a PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, CSV, TXT, PNG or JPEG"),
        ("virus", "The selected file contains a virus"),
        ("encrypted docx", "The selected file is password protected"),
    ],
)
def test_the_words_are_those_of_the_service_manual(case: str, words: str) -> None:
    name, content, _ = UNSOUND[case]
    assert check_upload(name, content).reasons[0].message.startswith(words)


@settings(max_examples=60, deadline=None)
@given(name=st.sampled_from(sorted(SOUND)), content=st.binary(max_size=300), seed=st.integers(0, 2**20))
def test_damaged_files_are_answered_and_never_break_the_check(name: str, content: bytes, seed: int) -> None:
    sound = bytearray(SOUND[name])
    sound[random.Random(seed).randrange(len(sound))] ^= 0xFF
    for each in (bytes(sound), content, SOUND[name] + content):
        assert check_upload(name, each).allowed in (True, False)


def test_a_name_has_one_spelling_and_says_a_type() -> None:
    assert clean_name("  Cafe\u0301  minutes.pdf ") == "Café minutes.pdf"
    assert media_type_of("MINUTES.PDF") == "application/pdf"
    assert media_type_of("minutes") == "application/octet-stream"
