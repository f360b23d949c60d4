"""A table with commas or semicolons, as a platform wrote it: read strictly, written in the same form."""

import csv
import difflib
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from course_lib.files import read_utf8
from course_lib.grading.classroom.reports.marks_table import guarded

BYTE_ORDER_MARK = "\ufeff"
NUMBER = re.compile(r"\s*[+-]?(\d+([.,]\d*)?|[.,]\d+)?\s*%?\s*")


class TableError(ValueError):
    """Raised for a table that marks cannot be put into; the message says where and what was expected."""


@dataclass
class Table:
    """The rows of a table, the first of which names the columns.

    Attributes:
        name: name of the file, for messages.
        rows: lists of cells, all as long as the first.
        delimiter: `","`, `";"` or a tab.
        newline: what ends a line.
        begins: a byte order mark, or nothing.
        guarded: places that got an apostrophe when the table was written, in words.
    """

    name: str
    rows: list[list[str]]
    delimiter: str = ","
    newline: str = "\n"
    begins: str = ""
    guarded: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, path):
        """Reads a file.

        Args:
            path: a file in UTF-8, with or without a byte order mark.

        Returns:
            a `Table`.

        Raises:
            TableError: for a file that is too large, not UTF-8, empty or no table.
        """
        path = Path(path)
        try:
            text = read_utf8(path)
        except ValueError as error:
            raise TableError(str(error)) from None
        return cls.parse(text, path.name)

    @classmethod
    def parse(cls, text, name):
        r"""Reads text.

        Example:
            >>> Table.parse("Student;ID\nAda;7\n", "grades.csv").rows
            [['Student', 'ID'], ['Ada', '7']]
        """
        begins = BYTE_ORDER_MARK if text.startswith(BYTE_ORDER_MARK) else ""
        text = text.removeprefix(BYTE_ORDER_MARK)
        head = text.partition("\n")[0]
        delimiter = max(",;\t", key=head.count)  # of equals the first
        newline = "\r\n" if head.endswith("\r") else "\n"
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        rows = []
        try:
            for row in reader:
                if not row:
                    continue
                rows.append(row)
                if len(row) != len(rows[0]):
                    raise TableError(
                        f"{name}, line {reader.line_num}: expected {len(rows[0])} cells, as many as there "
                        f"are columns. Received: {len(row)}."
                    )
        except csv.Error as error:
            raise TableError(f"{name}, line {reader.line_num}: not a table: {error}.") from None
        if len(rows) < 2:
            raise TableError(
                f"{name}: expected names of columns and a line for each learner. Received: {len(rows)} lines."
            )
        return cls(name, rows, delimiter, newline, begins)

    @property
    def columns(self):
        """The names of the columns, without blanks around them."""
        return [name.strip() for name in self.rows[0]]

    def column(self, wanted, purpose):
        """The place of a column.

        Args:
            wanted: its name; where no column has it, `"Sheet 3"` also finds `"Sheet 3 (4757)"`.
            purpose: what it is needed for, in words.

        Raises:
            TableError: when none has the name, or several have.
        """
        places = [place for place, name in enumerate(self.columns) if name == wanted.strip()]
        if not places:
            titles = [re.sub(r" \(\d+\)$", "", name) for name in self.columns]
            places = [place for place, title in enumerate(titles) if title == wanted.strip()]
        if len(places) == 1:
            return places[0]
        if places:
            raise TableError(
                f"{self.name}: expected one column {wanted!r} {purpose}. Received: {len(places)}."
            )
        by_title = {re.sub(r" \(\d+\)$", "", name): name for name in self.columns}
        near = [by_title[one] for one in difflib.get_close_matches(wanted, by_title, n=3, cutoff=0.5)]
        near = near or self.columns[:12]
        words = ", ".join(map(repr, near))
        raise TableError(f"{self.name}: expected a column {wanted!r} {purpose}. It has: {words}.")

    def text(self, ids=()):
        """The table as text; no cell is a formula for the spreadsheet it may be opened in.

        A text that begins like a formula gets an apostrophe, and its place goes to `guarded`; a number stays
        what it is, with its sign.

        Args:
            ids: places of columns that the platform knows its learners by, which may not change.

        Raises:
            TableError: for a formula among these, or among the names of the columns.

        Example:
            >>> table = Table("grades.csv", [["Student", "Grade"], ["=cmd|' /C calc'!A0", "-1.5"]])
            >>> print(table.text())
            Student,Grade
            '=cmd|' /C calc'!A0,-1.5
            <BLANKLINE>
        """
        written = io.StringIO()
        writer = csv.writer(written, delimiter=self.delimiter, lineterminator=self.newline)
        self.guarded.clear()
        for number, row in enumerate(self.rows, start=1):
            writer.writerow([self._harmless(cell, number, place, ids) for place, cell in enumerate(row)])
        return self.begins + written.getvalue()

    def _harmless(self, cell, number, place, ids):
        if NUMBER.fullmatch(cell) or cell.lstrip().startswith("'") or guarded(cell) == cell:
            return cell
        where = f"row {number}, column {self.columns[place]!r}"
        if number == 1 or place in ids:
            raise TableError(
                f"{self.name}, {where}: expected no formula where the platform must find its own words "
                f"again. Received: {cell[:60]!r}."
            )
        self.guarded.append(where)
        return guarded(cell)
