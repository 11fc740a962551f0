from hakapa.kernel import personal


def test_a_feature_tells_what_it_keeps_about_somebody(monkeypatch):
    monkeypatch.setattr(personal, "_tellers", {})
    personal.tells_about("boats")(lambda user: [f"{user}'s boat"])

    assert personal.told_about("Eva") == {"boats": ["Eva's boat"]}
