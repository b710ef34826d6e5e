"""Published names in capitals, made readable."""

from __future__ import annotations

import pytest

from remit.kernel.names import readable_name


@pytest.mark.parametrize(
    ("published", "readable"),
    [
        ("NHS OLDHAM CCG", "NHS Oldham CCG"),
        ("NHS KENT AND MEDWAY ICB - 91Q", "NHS Kent and Medway ICB - 91Q"),
        ("NHS DARTFORD, GRAVESHAM AND SWANLEY CCG", "NHS Dartford, Gravesham and Swanley CCG"),
        ("THE ISLE OF ELSEWHERE PRACTICE", "The Isle of Elsewhere Practice"),
        ("STOKE-ON-THE-HILL", "Stoke-on-the-Hill"),
        ("DR AK SINHA & PARTNERS", "Dr AK Sinha & Partners"),
        ("DR LI", "Dr Li"),
        ("DR S.K. PATEL", "Dr S.K. Patel"),
        ("DR M L SWANN'S PRACTICE", "Dr M L Swann's Practice"),
        ("DR O'BRIEN", "Dr O'Brien"),
        ("DRS MCKAY & AL-HASAN", "Drs McKay & Al-Hasan"),
        ("MACDONALD", "Macdonald"),
        ("1ST CARE, 2ND FLOOR", "1st Care, 2nd Floor"),
        ("GP-LED WALK IN CENTRE", "GP-Led Walk in Centre"),
        ("HUB (OOH)", "Hub (OOH)"),
        ("Kent and Medway", "Kent and Medway"),
        ("10A", "10A"),
        ("123", "123"),
        ("", ""),
    ],
)
def test_capitals_become_readable(published: str, readable: str) -> None:
    assert readable_name(published) == readable
