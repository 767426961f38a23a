"""Fuzzing: inputs that nobody thought of, for everything that reads what others wrote.

`fuzz.targets` says what is read and what must hold of it; `fuzz.register` names all of them.
`python -m fuzz` runs them under coverage-guided mutation, `fuzz.replaying` without.
"""
