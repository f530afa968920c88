"""Studies of the project's own instruments: they take minutes, write into docs/ and are no part of the tests."""
