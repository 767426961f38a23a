"""What a source has in one field."""

Value = str | bytes | tuple[str, ...]
"A text, something binary (a picture), or several texts (LDAP)."
