"""Word problems and mathematics with worked solutions that end in a boxed result.

`form` holds what a form is and the registry, `forms/` the forms themselves, a file a subject; `writing` makes examples
of them, `reading` is the judge, who knows the print alone, and `distributions` says which forms stand where. To add a
form, write a function under `@form(...)` in the file of its subject.
"""
