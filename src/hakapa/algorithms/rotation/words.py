"""The sentences of rotation, in Swedish and English."""

SENTENCES = {
    "sv": {
        "round_robin": "Ordningen är alfabetisk.",
        "draw": "Ordningen är lottad: SHA-256 av frö:id, med fröet {seed}.",
        "alternate": "Ordningen varvar stora och små efter antal invånare.",
        "volunteers": "De som har anmält sig går först, sedan de andra i bokstavsordning.",
        "turn": (
            "Mandatperiod {number} ({start} till {end}): {holder} har platsen {seat}. "
            "{before} Den står på plats {place} i ordningen."
        ),
        "held": "Mandatperiod {number} ({start} till {end}): {holder} har platsen {seat}.",
        "passed": "{organisation} stod före men gick inte: {why}.",
        "given_up": "Ingen uppfyllde önskemålet: {wish}.",
        "swapped": "Bytt efter överenskommelse: {reason}.",
        "region": "inte samma region två gånger i rad",
        "size": "växla mellan stor och liten",
        "pair": "en stor och en liten tillsammans",
        "gap": "uppehåll mellan två uppdrag",
        "one_seat": "en plats i taget",
    },
    "en": {
        "round_robin": "The order is alphabetical.",
        "draw": "The order is drawn: SHA-256 of seed:id, with the seed {seed}.",
        "alternate": "The order alternates large and small by population.",
        "volunteers": "Those who volunteered go first, then the others by name.",
        "turn": (
            "Term {number} ({start} to {end}): {holder} holds the seat {seat}. "
            "{before} It is number {place} in the order."
        ),
        "held": "Term {number} ({start} to {end}): {holder} holds the seat {seat}.",
        "passed": "{organisation} stood before it but did not go: {why}.",
        "given_up": "Nobody fulfilled the wish: {wish}.",
        "swapped": "Exchanged by agreement: {reason}.",
        "region": "not the same region twice in a row",
        "size": "alternate large and small",
        "pair": "a large and a small together",
        "gap": "a gap between two turns",
        "one_seat": "one seat at a time",
    },
}

BEFORE = {  # never, once, more often
    "sv": (
        "Den har inte haft platsen förut.",
        "Den har haft platsen en gång förut.",
        "Den har haft platsen {times} gånger förut.",
    ),
    "en": (
        "It has not held the seat before.",
        "It has held the seat once before.",
        "It has held the seat {times} times before.",
    ),
}
