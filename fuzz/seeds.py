"""Inputs that more than one format begins with."""

NESTED_JSON = (b"[" * 3000, b'{"a":' * 1500)
"Deeper than any decoder goes."
NOT_UTF8 = b"\xff\xfe\xed\xa0\x80\xc3"
JSON_WORDS = (
    *(b"null", b"true", b"false", b'""', b"[]", b"{}", b"-1", b"1e999", b"0.5"),
    *(b"9" * 25, b'"\\ud800"', b'"\\u0000"', b"[" * 1200, NOT_UTF8),
)
JSON_PARTS = rb'"(?:[^"\\]|\\.)*"|[0-9eE.+-]+|[a-z]+|.'
"What a text of JSON is taken apart into."
XML = rb"</?[\w:]+|/?>|[\w:]+=|\"[^\"]*\"|&#?\w+;|[^<>\"= ]+|."
"The same of a text of XML."
TIMES = (
    *(b"0001-01-01T00:00:00+14:00", b"9999-12-31T23:59:59-14:00", b"2026-03-29T02:30:00"),
    *(b"2026-03-02T09:00:00Z", b"20260302T090000Z", b"19700101T000000"),
)
DIGITS = (b"+33", b"0033", b"0", b"(0)", b"tel:", b"poste 12", b"#", b"*21", "٠١٢".encode())
