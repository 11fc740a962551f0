"""The sentences of the sharing library, in Swedish and English."""

METHODS = {
    "equal": {"sv": "lika för alla", "en": "equally"},
    "per_inhabitant": {"sv": "efter antal invånare", "en": "per inhabitant"},
    "mixed": {"sv": "en del lika och resten efter vikt", "en": "one part equally, rest by weight"},
    "tiers": {"sv": "efter invånartrappa", "en": "by population tiers"},
    "use": {"sv": "efter användning", "en": "by use"},
    "benefit": {"sv": "efter nytta", "en": "by benefit"},
    "square_root": {
        "sv": "efter kvadratroten ur antal invånare",
        "en": "by the square root of population",
    },
    "custom": {"sv": "efter egna vikter", "en": "by weights of your own"},
    "bounded": {"sv": "efter vikt, med golv och tak", "en": "by weight, with floors and caps"},
    "equal_saving": {
        "sv": "så att alla sparar lika mycket mot att göra det ensamma",
        "en": "so that all save the same amount against going alone",
    },
    "proportional_saving": {
        "sv": "i proportion till vad var och en skulle ha betalat ensam",
        "en": "in proportion to what each would have paid alone",
    },
    "scrb": {
        "sv": "med särkostnad plus del av resten efter kvarvarande nytta (SCRB)",
        "en": "by separable cost plus the rest by remaining benefit (SCRB)",
    },
    "shapley": {
        "sv": "som medelvärdet av varje parts merkostnad över alla ordningar att gå med (Shapley)",
        "en": "as each party's added cost, averaged over all orders of joining (Shapley)",
    },
    "owen": {
        "sv": "som Shapley, men bara över ordningar som håller ihop grupperna (Owen)",
        "en": "as Shapley, but only over orders that keep the groups together (Owen)",
    },
    "nucleolus": {
        "sv": "så att den minst nöjda gruppen blir så nöjd som möjligt (nukleolus)",
        "en": "so that the least content group is as content as possible (nucleolus)",
    },
    "nucleolus_per_member": {
        "sv": "så att den grupp som sparar minst per medlem sparar så mycket som möjligt",
        "en": "so that the group that saves least per member saves as much as possible",
    },
    "nucleolus_per_cost": {
        "sv": "så att den grupp som sparar minst per egen krona sparar så mycket som möjligt",
        "en": "so that the group that saves least per krona of its own saves as much as possible",
    },
    "airport": {
        "sv": "så att varje steg delas lika av dem som behöver det (flygplatsregeln)",
        "en": "so that each step is shared equally by those who need it (airport rule)",
    },
}

SENTENCES = {
    "sv": {
        "method": "{total} delas {method}.",
        "share": "{party} får andelen {amount} ({part}): {opened} öre.",
        "rounding": (
            "Beloppen är avrundade till hela ören med största rest, så att summan stämmer på öret."
        ),
        "alone_ok": "{party} betalar {paid}, högst vad det kostar att göra det ensam ({limit}).",
        "alone_not": (
            "{party} betalar {paid}, vilket är {gap} mer än att göra det ensam ({limit})."
        ),
        "separable_ok": "{party} betalar {paid}, minst den kostnad den själv medför ({limit}).",
        "separable_not": (
            "{party} betalar {paid}, vilket är {gap} mindre än den kostnad den medför ({limit})."
        ),
        "core_yes": "Ingen grupp av parter tjänar på att lämna samarbetet.",
        "core_no": (
            "Gruppen {coalition} betalar {paid} tillsammans men klarar sig själv för {limit}: "
            "den förlorar {gap} på att vara med."
        ),
        "core_sum": "Andelarna summerar till {paid}, inte till kostnaden {limit}.",
        "join": (
            "{party} går med i månad {month}: bokfört värde {book}, inköp {buy_in} plus "
            "införande {onboarding}, tillsammans {price}."
        ),
        "founder": "{party} betalar {amount} som grundare.",
        "refund": "{party} får tillbaka {amount}.",
        "to_fund": "{amount} går till den gemensamma fonden.",
        "net_paid": "{party} har betalat {amount} netto.",
        "price_ahead": "Om {months} månader kostar det {price} för {party} att haka på.",
        "price_now": "I dag kostar det {price} för {party} att haka på.",
        "net": "Tillsammans ger det {net} netto.",
        "receives": "{actor} har {net} netto, får {moved} och hamnar på {after}.",
        "gives": "{actor} har {net} netto, lämnar {moved} och behåller {after}.",
        "untouched": "{actor} har {net} netto och berörs inte av överföringen.",
        "missing": "Vinsterna räcker inte: {missing} av förlusterna går inte att täcka.",
        "silo": "{part} av nyttan hamnar utanför {payer}, som betalar mest.",
        "fee": "{party}: {entry} i inträde och {year} per år.",
        "fees": "Tillsammans {entry} i inträde och {year} per år.",
        "sampled": (
            "Uppskattat ur {orders} slumpade ordningar (frö {seed}): felet är högst {bound} för "
            "varje part med {confidence} säkerhet."
        ),
    },
    "en": {
        "method": "{total} is shared {method}.",
        "share": "{party} gets the share {amount} ({part}): {opened} öre.",
        "rounding": (
            "Amounts are rounded to whole öre by largest remainder, so the sum is right to the öre."
        ),
        "alone_ok": "{party} pays {paid}, no more than going alone would cost ({limit}).",
        "alone_not": "{party} pays {paid}, which is {gap} more than going alone ({limit}).",
        "separable_ok": "{party} pays {paid}, at least the cost it brings itself ({limit}).",
        "separable_not": (
            "{party} pays {paid}, which is {gap} less than the cost it brings ({limit})."
        ),
        "core_yes": "No group of parties gains by leaving the cooperation.",
        "core_no": (
            "The group {coalition} pays {paid} together but could manage alone for {limit}: "
            "it loses {gap} by taking part."
        ),
        "core_sum": "The shares add up to {paid}, not to the cost {limit}.",
        "join": (
            "{party} joins in month {month}: book value {book}, buy-in {buy_in} plus "
            "onboarding {onboarding}, together {price}."
        ),
        "founder": "{party} pays {amount} as a founder.",
        "refund": "{party} gets {amount} back.",
        "to_fund": "{amount} goes to the common fund.",
        "net_paid": "{party} has paid {amount} net.",
        "price_ahead": "In {months} months it costs {price} for {party} to hop on.",
        "price_now": "Today it costs {price} for {party} to hop on.",
        "net": "All together it gives {net} net.",
        "receives": "{actor} has {net} net, receives {moved} and ends at {after}.",
        "gives": "{actor} has {net} net, gives {moved} and keeps {after}.",
        "untouched": "{actor} has {net} net and is not touched by the transfer.",
        "missing": "The gains do not suffice: {missing} of the losses cannot be covered.",
        "silo": "{part} of the benefit falls outside {payer}, who pays most.",
        "fee": "{party}: {entry} on entry and {year} a year.",
        "fees": "All together {entry} on entry and {year} a year.",
        "sampled": (
            "Estimated from {orders} random orders (seed {seed}): the error is at most {bound} for "
            "every party with {confidence} confidence."
        ),
    },
}
