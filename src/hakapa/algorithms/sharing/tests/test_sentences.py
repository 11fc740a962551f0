"""What is explained is said in the language that was asked for."""

from hakapa.algorithms.sharing.solutions import solve


def test_a_formula_is_written_with_the_numbers_of_the_language():
    case = {"total": 1800, "keys": ["mix_20_80"], "population": {"lund": 125941, "umea": 130224}}
    told = {language: solve(case).explain(language)[1] for language in ("sv", "en")}
    assert (
        "180\u00a0000 × (0,2 / 2 + (1 \u2212 0,2) × 125\u00a0941 / 256\u00a0165) öre" in told["sv"]
    )
    assert "180,000 × (0.2 / 2 + (1 \u2212 0.2) × 125,941 / 256,165) öre" in told["en"]


def test_actors_are_named_in_the_language_of_the_explanation():
    rows = [
        {"actor": {"sv": "Gatunämnden", "en": "Streets board"}, "cost": 9, "benefit": 2},
        {"actor": {"en": "Region"}, "cost": 0, "benefit": 9},
    ]
    told = {
        language: " ".join(solve({"rows": rows}).explain(language)) for language in ("sv", "en")
    }
    assert "Gatunämnden" in told["sv"]
    assert "outside Streets board" in told["en"]
    assert "Gatunämnden" not in told["en"]
    assert all("Region" in text for text in told.values())
