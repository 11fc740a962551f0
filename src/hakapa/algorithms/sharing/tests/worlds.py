"""Small worlds of our own for the tests, and the reference world when it lies beside us."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st

from hakapa.algorithms.sharing.games import CostGame

BESIDE = Path(__file__).parents[6] / "shared"
DEMO = BESIDE / "domain" / "demo_content.yaml"

needs_demo = pytest.mark.skipif(not DEMO.exists(), reason=f"{DEMO} is not here")

WATER = """
A 21.95 H 17.08 K 10.91 L 15.88 M 20.81 T 21.98
AH 34.69 AK 32.86 AL 37.83 AM 42.76 AT 43.93 HK 22.96 HL 25.00 HM 37.89 HT 39.06
KL 26.79 KM 31.45 KT 32.89 LM 31.10 LT 37.86 MT 39.41
AHK 40.74 AHL 43.22 AHM 55.50 AHT 56.67 AKL 48.74 AKM 53.40 AKT 54.84 ALM 53.05 ALT 59.81
AMT 61.36 HKL 27.26 HKM 42.55 HKT 44.94 HLM 45.81 HLT 46.98 HMT 56.49 KLM 42.01 KLT 48.77
KMT 50.32 LMT 51.46
AHKL 48.95 AHKM 60.25 AHKT 62.72 AHLM 64.03 AHLT 65.20 AHMT 74.10 AKLM 63.96 AKLT 70.72
AKMT 72.27 ALMT 73.41 HKLM 48.07 HKLT 49.24 HKMT 59.35 HLMT 64.41 KLMT 56.61
AHKLM 69.76 AHKMT 77.42 AHLMT 83.00 AHKLT 70.93 AKLMT 73.97 HKLMT 66.46 AHKLMT 83.82
"""

WORDS = WATER.split()

# published costs of a shared water supply in Skåne, million kronor, by coalition
SKANE = {name: float(cost) for name, cost in zip(WORDS[::2], WORDS[1::2], strict=True)}

parties = st.text("abcdefghåäö", min_size=1, max_size=4)
weights = st.dictionaries(parties, st.integers(0, 10**7), min_size=1, max_size=12).filter(
    lambda read: any(read.values())
)
totals = st.integers(-(10**12), 10**12)
costs = st.integers(-(10**6), 10**6)


def game(table):
    names = tuple("abcdefgh"[: len(table).bit_length() - 1])
    return CostGame(names, np.array(table))


@st.composite
def tables(draw, most=5, of=costs):
    count = draw(st.integers(1, most))
    read = [0, *draw(st.lists(of, min_size=2**count - 1, max_size=2**count - 1))]
    return np.array(read, dtype=np.int64 if of is costs else object)


def evaluated(figure):
    """Work out a figure's formula from its inputs."""
    names = {name: Fraction(value) for name, value in figure.inputs}
    words = figure.formula.replace("×", "*").split()
    source = " ".join(f"Fraction({word})" if word.isdigit() else word for word in words)
    return eval(source, {"Fraction": Fraction, "max": max, "min": min}, names)  # noqa: S307
