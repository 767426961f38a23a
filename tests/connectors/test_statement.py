"""What may be asked of a database: a table, or one SELECT that every database reads alike."""

import pytest

from tests.contracts.connector import check_words
from tws.connectors.databases.statement import statement
from tws.sources.errors import Misconfigured


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("people", 'SELECT * FROM "people"'),
        (" crm.people ; ", 'SELECT * FROM "crm"."people"'),
        ("My table", 'SELECT * FROM "My table"'),
        ('"crm"."my.people"', 'SELECT * FROM "crm"."my.people"'),
        ("[crm].[Contacts$]", 'SELECT * FROM "crm"."Contacts$"'),
        ("`people`", 'SELECT * FROM "people"'),
        ("selected", 'SELECT * FROM "selected"'),
    ],
)
def test_a_table(written: str, read: str) -> None:
    assert statement(written) == read


def test_the_quotes_of_the_database() -> None:
    assert statement('"a]b"', ("[", "]")) == "SELECT * FROM [a]]b]"
    assert statement("crm.People", fold=str.upper) == 'SELECT * FROM "CRM"."PEOPLE"'
    assert statement('crm."People"', fold=str.lower) == 'SELECT * FROM "crm"."People"'
    assert statement("My people", fold=str.lower) == 'SELECT * FROM "My people"'
    assert statement("crm.people", ("`", "`")) == "SELECT * FROM `crm`.`people`"


@pytest.mark.parametrize(
    "select",
    [
        "SELECT * FROM people WHERE company = 'it''s; -- drop table'",
        'select\n\tid, "delete", `update`, [insert], tel1 AS work FROM a.b',
        "WITH active AS (SELECT * FROM people) SELECT * FROM active ORDER BY 1",
        "SELECT replace(tel, ' ', '') || $1 FROM people WHERE inserted > '2020\\01'",
        "SELECT a[1], dropped, call_id FROM updates",
    ],
)
def test_a_select(select: str) -> None:
    assert statement(f" {select}; ") == select


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("", "Which table"),
        ("SELECT 1; DROP TABLE people", ";"),
        ("SELECT 1 DROP TABLE people", "DROP"),
        ("SELECT * INTO copy FROM people", "INTO"),
        ("SELECT * FROM people INTO OUTFILE '/tmp/x'", "INTO"),
        ("SELECT * FROM people FOR UPDATE", "UPDATE"),
        ("WITH gone AS (DELETE FROM people RETURNING *) SELECT * FROM gone", "DELETE"),
        ("WITH a AS (SELECT 1) MERGE INTO people USING a ON 1=1", "MERGE"),
        ("SELECT 1 -- all of it", "Comments"),
        ("SELECT /*!50000 1 */", "Comments"),
        # What is a comment to MySQL and code to others, and the other way round.
        ("SELECT 1 # '\n INTO OUTFILE '/tmp/x' -- '", "#"),
        # A string to MySQL, and two statements to the others.
        (r"SELECT '\'; DROP TABLE people'", "never closed"),
        ("SELECT 'it", "never closed"),
        ("SELECT `a;DROP TABLE people` FROM b", "never closed"),
        ("SELECT a[';DROP TABLE people'] FROM b", ""),
        ("SELECT $$'$$; DROP TABLE people; SELECT $$'$$", "never closed"),
        ("SELECT q'[it's; DROP]' FROM dual", "q'"),
        ("DROP TABLE people", ""),
        ("people; DROP TABLE people", "neither"),
        ("people WHERE 1=1; --", "neither"),
        ("SELECT " + "1," * 20_000 + "1", "too long"),
    ],
)
def test_what_is_refused(written: str, word: str) -> None:
    """A name that holds a statement is quoted, and then no table has it."""
    try:
        assert statement(written).startswith(('SELECT * FROM "', "SELECT a[';DROP"))
    except Misconfigured:
        check_words(Misconfigured, lambda: statement(written), word)
