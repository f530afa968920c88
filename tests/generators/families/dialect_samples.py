"""Small programs, and how each dialect writes them, worked out by hand from its rule."""

from __future__ import annotations

PYTHON = """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text"""
IN_DIALECT = {
    "swapped_parentheses": """\
def f)a, b(:
    text = 'if (a, b): return'
    for i in range)len)a((:
        if a[i] >= 10 and )not b(:
            text += "it's, " + a.lower)(
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text""",
    "semicolons": """\
def f(a, b);
    text = 'if (a, b): return'
    for i in range(len(a));
        if a[i] >= 10 and (not b);
            text += "it's, " + a.lower()
        elif i == -1;
            continue
        else;
            return {1; 'x', 2; [b]}
    return text""",
    "periods": """\
def f(a. b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            return {1: 'x'. 2: [b]}
    return text""",
    "yield_for_return": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            yield {1: 'x', 2: [b]}
    yield text""",
    "if_else_exchanged": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        else a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        if:
            return {1: 'x', 2: [b]}
    return text""",
    "capital_keywords": """\
Def f(a, b):
    text = 'if (a, b): return'
    For i In range(len(a)):
        If a[i] >= 10 and (Not b):
            text += "it's, " + a.lower()
        Elif i == -1:
            continue
        Else:
            return {1: 'x', 2: [b]}
    return text""",
    "quoted_numbers": """\
def f(a, b):
    text = `if (a, b): return`
    for i in range(len(a)):
        if a[i] >= '10' and (not b):
            text += `it's, ` + a.lower()
        elif i == -'1':
            continue
        else:
            return {'1': `x`, '2': [b]}
    return text""",
    "mirrored_lines": """\
:)b ,a(f fed
    'nruter :)b ,a( fi' = txet
    :))a(nel(egnar ni i rof
        :)b ton( dna 01 => ]i[a fi
            )(rewol.a + " ,s'ti" =+ txet
        :1- == i file
            eunitnoc
        :esle
            }]b[ :2 ,'x' :1{ nruter
    txet nruter""",
    "hyphen_indentation": """\
def f(a, b):
----text = 'if (a, b): return'
----for i in range(len(a)):
--------if a[i] >= 10 and (not b):
------------text += "it's, " + a.lower()
--------elif i == -1:
------------continue
--------else:
------------return {1: 'x', 2: [b]}
----return text""",
    "last_line_first": """\
    return text
            return {1: 'x', 2: [b]}
        else:
            continue
        elif i == -1:
            text += "it's, " + a.lower()
        if a[i] >= 10 and (not b):
    for i in range(len(a)):
    text = 'if (a, b): return'
def f(a, b):""",
    "third_line_twice": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
            return {1: 'x', 2: [b]}
    return text""",
    "arrow_assignment": """\
def f(a, b):
    'if (a, b): return' -> text
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text""",
    "end_blocks": """\
def f(a, b):
text = 'if (a, b): return'
for i in range(len(a)):
if a[i] >= 10 and (not b):
text += "it's, " + a.lower()
end
elif i == -1:
continue
end
else:
return {1: 'x', 2: [b]}
end
end
return text
end""",
    "brace_blocks": """\
def f(a, b) {
    text = 'if (a, b): return'
    for i in range(len(a)) {
        if a[i] >= 10 and (not b) {
            text += "it's, " + a.lower()
        }
        elif i == -1 {
            continue
        }
        else {
            return {1: 'x', 2: [b]}
        }
    }
    return text
}""",
    "operator_words": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
            text += "it's, " plus a.lower()
        elif i == -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text""",
    "comparison_words": """\
def f(a, b):
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] atleast 10 and (not b):
            text += "it's, " + a.lower()
        elif i equals -1:
            continue
        else:
            return {1: 'x', 2: [b]}
    return text""",
    "body_last_line_first": """\
def f(a, b):
    return text
            return {1: 'x', 2: [b]}
        else:
            continue
        elif i == -1:
            text += "it's, " + a.lower()
        if a[i] >= 10 and (not b):
    for i in range(len(a)):
    text = 'if (a, b): return'""",
    "second_line_twice": """\
def f(a, b):
    text = 'if (a, b): return'
    text = 'if (a, b): return'
    for i in range(len(a)):
        if a[i] >= 10 and (not b):
        if a[i] >= 10 and (not b):
            text += "it's, " + a.lower()
        elif i == -1:
        elif i == -1:
            continue
        else:
        else:
            return {1: 'x', 2: [b]}
    return text
    return text""",
}

POSITIONS = """\
def g(a, b):
    a[0] = b[-1]
    c = a[len(a) - 1:][2]
    for i, d in enumerate(b[1:3]):
        c += 2 * (a[i + 1] - d) ** (-i)
    return a[-c] == 1 and (not c) and (b[b[c]] in (1, 2) or -c > 3)"""
POSITIONS_IN_DIALECT = {
    "one_indexed": """\
def g(a, b):
    a[1] = b[-1]
    c = a[len(a) - 1 + 1:][3]
    for i, d in enumerate(b[2:4]):
        c += 2 * (a[i + 1 + 1] - d) ** (-i)
    return a[-c] == 1 and (not c) and (b[b[c + 1] + 1] in (1, 2) or -c > 3)""",
    "two_indexed": """\
def g(a, b):
    a[2] = b[-1]
    c = a[len(a) - 1 + 2:][4]
    for i, d in enumerate(b[3:5]):
        c += 2 * (a[i + 1 + 2] - d) ** (-i)
    return a[-c] == 1 and (not c) and (b[b[c + 2] + 2] in (1, 2) or -c > 3)""",
    "bracketed_operations": """\
def g(a, b):
    a[0] = b[-1]
    c = a[(len(a) - 1):][2]
    for i, d in enumerate(b[1:3]):
        c += (2 * ((a[(i + 1)] - d) ** -i))
    return ((a[-c] == 1) and (not c) and ((b[b[c]] in (1, 2)) or (-c > 3)))""",
    "no_precedence": """\
def g(a, b):
    a[0] = b[-1]
    c = a[len(a) - 1:][2]
    for i, d in enumerate(b[1:3]):
        c += 2 * (a[i + 1] - d ** -i)
    return a[-c] == 1 and not c and (b[b[c]] in (1, 2) or (-c > 3))""",
    "operator_first": """\
def g(a, b):
    a[0] = b[-1]
    c = a[-(len(a), 1):][2]
    for i, d in enumerate(b[1:3]):
        c += *(2, **(-(a[+(i, 1)], d), -i))
    return and(==(a[-c], 1), not c, or(in(b[b[c]], (1, 2)), >(-c, 3)))""",
    "through_loops": """\
def g(a, b):
    a[0] = b[-1]
    c = a[len(a) - 1:][2]
    through enumerate(b[1:3]) as i, d:
        c += 2 * (a[i + 1] - d) ** (-i)
    return a[-c] == 1 and (not c) and (b[b[c]] in (1, 2) or -c > 3)""",
    "indexed_from_the_end": """\
def g(a, b):
    a[-1] = b[0]
    c = a[-1 - len(a)][-3]
    for i, d in enumerate(b):
        c += a[-1 - (i - 1)] + b[-1 - b[-1 - -d]]
    return c""",
}
NO_SLICES = """\
def g(a, b):
    a[0] = b[-1]
    c = a[len(a)][2]
    for i, d in enumerate(b):
        c += a[i - 1] + b[b[-d]]
    return c"""
