"""The figures of ISO 2859-1, single sampling by attributes; for percent nonconforming, up to an AQL of 6.5.

Sources: code letters and sample sizes as in Table 1 and Tables 2-A to 2-C; acceptance numbers as in Tables 2-A
(normal), 2-B (tightened) and 2-C (reduced) of the editions of 1999 and 2026, which agree here. In each of these tables
a number depends on the row and the column only by their sum, so each is kept as one sequence along that diagonal.
"""

LETTERS = "ABCDEFGHJKLMNPQR"

AQLS = ("0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5", "4.0", "6.5")
"""Percent nonconforming."""

LEVELS = ("S-1", "S-2", "S-3", "S-4", "I", "II", "III")

LOTS = (
    (8, "AAAAAAB"),
    (15, "AAAAABC"),
    (25, "AABBBCD"),
    (50, "ABBCCDE"),
    (90, "BBCCCEF"),
    (150, "BBCDDFG"),
    (280, "BCDEEGH"),
    (500, "BCDEFHJ"),
    (1200, "CCEFGJK"),
    (3200, "CDEGHKL"),
    (10_000, "CDFGJLM"),
    (35_000, "CDFHKMN"),
    (150_000, "DEGJLNP"),
    (500_000, "DEGJMPQ"),
    (None, "DEHKNQR"),
)
"""Largest lot, and its code letter at each of LEVELS."""

SIZES = (2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800, 1250, 2000)
"""Units in the sample of each of LETTERS, normal and tightened."""

REDUCED_SIZES = (2, 2, 2, 3, 5, 8, 13, 20, 32, 50, 80, 125, 200, 315, 500, 800)

UP, DOWN = "up", "down"
"""Arrows: the plan of the row above, of the row below."""

FIRST = 14
"""The sum of row and column at which the sequences begin; before it the arrow points down."""

NUMBERS: dict[str, tuple[int | str, ...]] = {
    "normal": (0, UP, DOWN, 1, 2, 3, 5, 7, 10, 14, 21),
    "tightened": (DOWN, 0, UP, DOWN, 1, 2, 3, 5, 8, 12, 18),
    "reduced": (0, UP, UP, DOWN, 1, 2, 3, 5, 6, 8, 10),
}
"""Acceptance numbers along the diagonal; after them the arrow points up."""
