"""Mathematics in other contexts: in a story, in a textbook, and as questions to be set.

`telling` turns a worked solution into sentences and reads its results back, `fiction` and `textbook` put the problems
of `math` into a story and a textbook, item by item, and `exams` with its forms writes the questions of an exam.
"""
