"""Excel files read to the end: the memory of the process that reads, and how fast rows come.

The bare limit is python-calamine itself, walking the same sheet in a process of its own.
"""

import asyncio
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import xlwt

from bench.figures import Figure

ROWS = {"xlsx": 150_000, "xls": 65_000}
".xls ends at 65,536 lines."
COLUMNS = ("Id", "Name", "First name", "Company", "E-mail", "Work", "Mobile", "Address", "City")
MEGABYTES = 250.0

BARE = """
import json, python_calamine, resource, sys, time
start = time.perf_counter()
book = python_calamine.CalamineWorkbook.from_path(sys.argv[1])
rows = sum(1 for _ in book.get_sheet_by_index(0).iter_rows()) - 1
print(json.dumps([rows / (time.perf_counter() - start),
                  resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
CONNECTOR = """
import json, resource, sys, time
from pathlib import Path
from tws.connectors.files.excel import Excel, ExcelSettings
file = Path(sys.argv[1])
start = time.perf_counter()
rows = sum(1 for _ in Excel(ExcelSettings(file=file.name), file.parent).entries())
print(json.dumps([rows / (time.perf_counter() - start),
                  resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""


def people(count: int) -> Iterator[list[str]]:
    for n in range(count):
        digits = f"{n // 10_000:02} {n // 100 % 100:02} {n % 100:02}"
        yield [
            f"id-{n}",
            f"Name {n}",
            f"First {n % 977}",
            f"Company {n % 4001}",
            f"person{n}@company{n % 4001}.example",
            f"+33 1 55 {digits}",
            f"+33 6 12 {digits}",
            f"{n % 300} rue de la Gare",
            f"City {n % 1009}",
        ]


def written(folder: Path, kind: str) -> Path:
    file = folder / f"people.{kind}"
    rows = people(ROWS[kind])
    if kind == "xlsx":
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Contacts")
        sheet.append(COLUMNS)
        for row in rows:
            sheet.append(row)
        book.save(file)
        return file
    old = xlwt.Workbook()
    cells = old.add_sheet("Contacts")
    for y, row in enumerate([list(COLUMNS), *rows]):
        for x, text in enumerate(row):
            cells.write(y, x, text)
    old.save(file)
    return file


def read(script: str, file: Path) -> tuple[float, float]:
    """Rows a second, and the most megabytes that the reading process held."""
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], check=True, capture_output=True, timeout=300
    )
    speed, megabytes = json.loads(done.stdout)
    return speed, megabytes


def measured() -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as folder:
        for kind, rows in ROWS.items():
            file = written(Path(folder), kind)
            bare, bare_held = read(BARE, file)
            speed, held = read(CONNECTOR, file)
            name = f"{kind}: {rows:,} rows"
            yield Figure(name=f"{name} read", unit="rows/s", value=speed, bare=bare)
            yield Figure(
                name=f"{name}, memory of the process that reads",
                unit="MB",
                value=held,
                bare=bare_held,
                at_most=MEGABYTES,
                note=f"{file.stat().st_size / 1e6:.1f} MB of file",
            )


async def measure() -> list[Figure]:
    return await asyncio.to_thread(lambda: list(measured()))
