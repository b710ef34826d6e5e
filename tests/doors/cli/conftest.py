"""Running commands in this process, and small files to run them on."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from typer.testing import CliRunner

from remit.cli.main import app

HEADER = (
    "NHS England (Region) code,NHS England (Region) Name,CCG Code,CCG NAME,Practice Code,Practice Name,"
    "Practice Postcode,Contract Type,Number of Registered Patients (Last Known Figure),"
    "Number of Weighted Patients (Last Known Figure),Global Sum,Total NHS Payments to General Practice"
)
ROWS = (
    "Q44,North Fells,99A,Fellside,Y99001,Tarn Surgery,ZZ1 1ZZ,GMS,5000,5100.5,300000,400000",
    "Q44,North Fells,99A,Fellside,Y99002,Beck Surgery,ZZ1 1ZY,PMS,-,-,0,250000.50",
    "Q45,South Fells,99B,Dale,Y99003,Ghyll Surgery,ZZ1 1ZX,GMS,7000,6900,410000,500000",
)


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """Standard output as JSON. Fails where there is anything else on it."""
        return json.loads(self.stdout)


@pytest.fixture
def remit() -> Callable[..., Ran]:
    """Run `remit` with these words; what a program bug raises comes through."""

    def run(*words: object, stdin: str | None = None) -> Ran:
        result = CliRunner().invoke(app, [str(word) for word in words], input=stdin, catch_exceptions=False)
        return Ran(result.exit_code, result.stdout, result.stderr)

    return run


@pytest.fixture
def payments_file(tmp_path: Path) -> Path:
    """Three invented practices of two commissioners in 2014-15."""
    return write(tmp_path / "payments-2014-15.csv", HEADER, *ROWS)


def write(path: Path, *lines: str) -> Path:
    """A file of these lines."""
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def write_workbook(path: Path, sheets: dict[str, list[list[str]]]) -> Path:
    """The smallest xlsx that holds these sheets; cells that look like numbers are numbers."""
    kinds = "http://schemas.openxmlformats.org"
    entries, links = "", ""
    with ZipFile(path, "w") as book:
        for number, (name, rows) in enumerate(sheets.items(), 1):
            entries += f'<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>'
            links += (
                f'<Relationship Id="r{number}" Target="worksheets/sheet{number}.xml"'
                f' Type="{kinds}/officeDocument/2006/relationships/worksheet"/>'
            )
            body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
            book.writestr(
                f"xl/worksheets/sheet{number}.xml",
                f'<worksheet xmlns="{kinds}/spreadsheetml/2006/main">'
                f"<sheetData>{body}</sheetData></worksheet>",
            )
        book.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{kinds}/package/2006/relationships"><Relationship Id="r1"'
            f' Target="xl/workbook.xml" Type="{kinds}/officeDocument/2006/relationships/officeDocument"/>'
            "</Relationships>",
        )
        book.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{kinds}/spreadsheetml/2006/main"'
            f' xmlns:r="{kinds}/officeDocument/2006/relationships"><sheets>{entries}</sheets></workbook>',
        )
        book.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{kinds}/package/2006/relationships">{links}</Relationships>',
        )
    return path


def _cell(text: str) -> str:
    if text.replace(".", "", 1).isdigit():
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    """REMIT_HOME of this test alone: its own signing key."""
    settings.REMIT_HOME = tmp_path / "home"
    return settings.REMIT_HOME
