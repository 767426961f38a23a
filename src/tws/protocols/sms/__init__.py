"""The text of short messages: its alphabets (3GPP TS 23.038) and its parts (3GPP TS 23.040)."""
