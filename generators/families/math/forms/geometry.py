"""Geometry: areas, solids, circles, right triangles, angles, coordinates, similar figures."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from generators.core import Stream
from generators.families.math.form import Numbers, Steps, Value, form, ranges, ratio

LAND = (("garden",), ("field",), ("hall",), ("courtyard",), ("meadow",))


def _grown(text: str, a: int, b: int, c: int) -> int:
    """The old measure and what was gained along the sides."""
    gained = c if "longer" in text else -c
    return a * b + gained * (a + b + gained) if "area" in text else a + a + b + b + 4 * gained


@form(
    "geometry",
    2,
    texts=(
        "A rectangular {s} is {a} metres long and {b} metres wide. Both sides are made {c} metres {p}. What is the "
        "{q} of the new shape, in metres or square metres?",
        "{N} plans a rectangular {s} of {a} by {b} metres, then makes each side {c} metres {p}. Give its {q} now (in "
        "metres or square metres).",
    ),
    turns=(("longer", "shorter"), ("area", "perimeter")),
    slips=("operation", "wrong formula"),
    draw=ranges((40, 120), (30, 99), (2, 25)),
    check=_grown,
    scenes=LAND,
)
def changed_rectangle(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """A rectangle with both sides changed."""
    a, b, c = n
    long = s("One side", f"{a} {'+-'[p]} {c}", (a + c, a - c)[p])
    wide = s("Other side", f"{b} {'+-'[p]} {c}", (b + c, b - c)[p])
    if q == 0:
        return s("Measure", f"{long} * {wide}", long * wide)
    return s("Measure", f"2 * ({long} + {wide})", 2 * (long + wide))


@form(
    "geometry",
    3,
    texts=(
        "A {p} of height {c} stands on a {q} whose sides {a} and {b} meet at a right angle. What is its volume?",
        "The base of a {p} is a {q}; two sides of the base, {a} and {b} long, form a right angle. The height of the "
        "solid is {c}. Find the volume.",
    ),
    turns=(("prism", "pyramid"), ("rectangle", "triangle")),
    slips=("formula factor", "formula factor"),
    draw=ranges((3, 60), (3, 60), (3, 60)),
    check=lambda t, a, b, c: _slices(a * b if "rectangle" in t else Fraction(a * b, 2), c, "pyramid" in t),
)
def solid_volume(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Volumes of prisms and pyramids."""
    a, b, c = n
    base = s("Base", f"{(1, '1/2')[q]} * {a} * {b}", ratio(a * b, q + 1))
    return s("Volume", f"{(1, '1/3')[p]} * {base} * {c}", ratio(base * c, (1, 3)[p]))


def _slices(base: Value, height: int, pointed: bool) -> Fraction:
    """The volume from its slices; Simpson's rule is exact for a slice that grows with the square of its height."""
    middle, top = (Fraction(base, 4), Fraction(0)) if pointed else (Fraction(base), Fraction(base))
    return Fraction(height, 6) * (base + 4 * middle + top)


@form(
    "geometry",
    3,
    texts=(
        "A {p} has a circular base of {q} {a} and the height {b}. Express its volume as a multiple of pi.",
        "The circular base of a {p} has the {q} {a}, and the height is {b}. Give the volume as a multiple of pi.",
    ),
    turns=(("cylinder", "cone"), ("radius", "diameter")),
    slips=("formula factor", "radius for diameter"),
    draw=ranges((3, 500), (3, 500)),
    check=lambda t, a, b: _slices(Fraction(a, 2 if "diameter" in t else 1) ** 2, b, "cone" in t),
    unit=" pi",
)
def round_solid(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Volumes of cylinders and cones."""
    a, b = n
    r = s("r", f"{a} / {q + 1}", ratio(a, q + 1))
    base = s("Base over pi", f"({r})^2", r * r)
    return s("Volume over pi", f"{(1, '1/3')[p]} * {base} * {b}", ratio(base * b, (1, 3)[p]))


def _squares(text: str, a: int, b: int) -> int:
    """By the largest square, which is the sum of both others."""
    largest = b * b if "opposite" in text else a * a + b * b
    return 2 * largest if "all" in text else 2 * largest - min(a * a, largest - a * a)


def _sides(rng: Stream) -> Numbers:
    a = rng.between(3, 450)
    return a, a + rng.between(1, 400)


@form(
    "geometry",
    2,
    texts=(
        "In a right triangle one leg is {a} long and {p} {b}. What is the sum of the squares of {q}?",
        "A right triangle has a leg of length {a}, and {p} {b}. Find the sum of the squares of {q}.",
    ),
    turns=(("the other leg is", "the side opposite the right angle is"), ("all its sides", "its two longest sides")),
    slips=("sign", "part left out"),
    draw=_sides,
    check=_squares,
)
def right_triangle(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The theorem of Pythagoras."""
    a, b = n
    one = s("Square of the first", f"{a}^2", a * a)
    two = s("Square of the second", f"{b}^2", b * b)
    three = s("Third square", f"{two} {'+-'[p]} {one}", (two + one, two - one)[p])
    if q == 0:
        return s("Sum", f"{one} + {two} + {three}", one + two + three)
    high, low = sorted((one, two, three))[:0:-1]
    return s("Sum", f"{high} + {low}", high + low)


def _angles(rng: Stream) -> Numbers:
    while True:
        angles = tuple(rng.between(62, 135) for _ in range(3))
        if 275 < sum(angles) < 355 and sum(angles) != 315:
            return angles


def _turned(text: str, *angles: int) -> int:
    """By the exterior angles, which add up to a full turn in any polygon."""
    outer = 360 - sum(180 - angle for angle in angles) - (90 if "pentagon" in text else 0)
    return outer if "exterior" in text else 180 - outer


@form(
    "geometry",
    2,
    texts=(
        "Three angles of a {p} measure {a}, {b} and {c} degrees. How many degrees has the {q} angle at the remaining "
        "corner?",
        "A {p} has three angles of {a}, {b} and {c} degrees. Find the {q} angle at its remaining corner, in degrees.",
    ),
    turns=(("quadrilateral", "pentagon with one right angle besides"), ("interior", "exterior")),
    slips=("wrong angle sum", "supplement"),
    draw=_angles,
    # The exterior angles of any of them add up to a full turn.
    check=_turned,
)
def polygon_angle(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The last angle of a polygon."""
    a, b, c = n
    known = s("Known angles", f"{a} + {b} + {c} + {(0, 90)[p]}", a + b + c + (0, 90)[p])
    total = s("Sum of angles", f"({p + 4} - 2) * 180", (p + 2) * 180)
    angle = s("Last angle", f"{total} - {known}", total - known)
    return angle if q == 0 else s("Beside it", f"180 - {angle}", 180 - angle)


@form(
    "geometry",
    2,
    texts=(
        "Find the square of the distance between A = ({p}{a}, {b}) and B = ({c}, {q}{d}).",
        "The points A = ({p}{a}, {b}) and B = ({c}, {q}{d}) are joined by a segment. What is the square of its length?",
    ),
    turns=(("", "minus "), ("", "minus ")),
    slips=("sign", "sign"),
    draw=ranges((2, 40), (2, 40), (2, 40), (2, 40)),
    # Squares of both points less twice their inner product.
    check=lambda t, a, b, c, d: (
        a * a
        + b * b
        + c * c
        + d * d
        - 2 * (a * c * (-1 if "A = (minus" in t else 1) + b * d * (-1 if ", minus" in t else 1))
    ),
)
def squared_distance(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The distance of two points."""
    a, b, c, d = n
    across = s("Across", f"{c} {'-+'[p]} {a}", (c - a, c + a)[p])
    up = s("Up", f"{'-'[:q]}{d} - {b}", (d, -d)[q] - b)
    return s("Square", f"({across})^2 + ({up})^2", across * across + up * up)


def _corners(rng: Stream) -> Numbers:
    """Corners on no line, whichever signs they get."""
    while True:
        a, b, c, d, e, f = (rng.between(1, 20) for _ in range(6))
        if all((i * c - a) * (j * f - b) != (d - b) * (e - a) for i in (1, -1) for j in (1, -1)):
            return a, b, c, d, e, f


@form(
    "geometry",
    4,
    texts=(
        "A triangle has the corners ({a}, {b}), ({p}{c}, {d}) and ({e}, {q}{f}). What is its area?",
        "Find the area of the triangle with vertices at ({a}, {b}), ({p}{c}, {d}) and ({e}, {q}{f}).",
    ),
    turns=(("", "minus "), ("", "minus ")),
    slips=("sign", "sign"),
    draw=_corners,
    check=lambda t, a, b, c, d, e, f: _shoelace(
        ((a, b), (-c if "(minus" in t else c, d), (e, -f if ", minus" in t else f))
    ),
)
def triangle_area(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """The area of a triangle from two of its sides."""
    a, b, c, d, e, f = n
    c, f = (c, -c)[p], (f, -f)[q]
    first = (c - a, d - b)
    second = (e - a, f - b)
    one = s("First product", f"({first[0]}) * ({second[1]})", first[0] * second[1])
    two = s("Second product", f"({first[1]}) * ({second[0]})", first[1] * second[0])
    double = s("Twice the area", f"|{one} - ({two})|", abs(one - two))
    return s("Area", f"{double} / 2", ratio(double, 2))


def _shoelace(corners: tuple[tuple[int, int], ...]) -> Fraction:
    """Corner by corner, over the strips below the sides."""
    turned = corners[1:] + corners[:1]
    strips = ((x - u) * (y + v) for (x, y), (u, v) in zip(corners, turned, strict=True))
    return Fraction(abs(sum(strips)), 2)


def _scale(rng: Stream) -> Numbers:
    a = rng.between(2, 20)
    b = a + rng.between(1, 15)
    return a, b, a * b * rng.between(2, 300)


def _similar(text: str, a: int, b: int, c: int) -> Callable[[Fraction], bool]:
    """Whether both measures are as powers of the heights."""
    power = 2 if "surface" in text else 3
    if "smaller" in text:
        return lambda x: c * b**power == x * a**power
    return lambda x: x * b**power == c * a**power


@form(
    "geometry",
    4,
    texts=(
        "Two similar solids have heights in the ratio {a} : {b}. The {q} of the {p} one is {c}. What is the {q} of "
        "the other?",
        "The heights of two solids of the same shape are as {a} to {b}. If the {p} one has the {q} {c}, which {q} has "
        "the other?",
    ),
    turns=(("smaller", "larger"), ("surface", "volume")),
    slips=("inverse", "exponent"),
    draw=_scale,
    check=_similar,
)
def similar_solids(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Surfaces and volumes of similar solids."""
    a, b, c = n
    scale = s("Scale", f"{(b, a)[p]} / {(a, b)[p]}", (Fraction(b, a), Fraction(a, b))[p])
    factor = s("Factor", f"({scale})^{q + 2}", scale ** (q + 2))
    return s("Other one", f"{c} * {factor}", c * factor)


def _sector_measure(text: str, a: int, b: int) -> Fraction:
    """The arc first; the area is half the arc times the radius."""
    radius = Fraction(b, 2 if "diameter" in text else 1)
    arc = radius * a / 180
    return arc * radius / 2 if "area" in text else arc


@form(
    "geometry",
    3,
    texts=(
        "A sector with an angle of {a} degrees belongs to a circle of {q} {b}. Express its {p} as a multiple of pi.",
        "The angle of a sector is {a} degrees, and its circle has the {q} {b}. What is its {p}, as a multiple of pi?",
    ),
    turns=(("area", "arc length"), ("radius", "diameter")),
    slips=("wrong formula", "radius for diameter"),
    draw=ranges((10, 350), (5, 500)),
    # The area is half the arc times the radius.
    check=_sector_measure,
    unit=" pi",
)
def sector(s: Steps, n: Numbers, p: int, q: int) -> Value:
    """Area and arc of a sector."""
    a, b = n
    r = s("r", f"{b} / {q + 1}", ratio(b, q + 1))
    whole = s("Whole circle over pi", (f"({r})^2", f"2 * {r}")[p], (r * r, 2 * r)[p])
    return s("Sector over pi", f"{whole} * {a} / 360", ratio(whole * a, 360))
