"""The demo's organisations, and who signs in for them: roles, never persons."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress

from hakapa.accounts import actions
from hakapa.accounts.models import Organisation, Role, User
from hakapa.demo.world import World

PASSWORD = "haka-pa-tillsammans"  # noqa: S105  (the demo's, printed for everyone)
DOMAIN = "demo.hakapa.example"


@dataclass(frozen=True)
class SignIn:
    """Somebody a visitor may sign in as, to see the site with their eyes."""

    address: str
    organisation: str
    role: Role
    title: tuple[str, str]  # Swedish, English
    sees: tuple[str, str]


SIGN_INS = (
    SignIn(
        f"utmanare@{DOMAIN}",
        "hudiksvall",
        Role.MEMBER,
        ("digitaliseringsansvarig", "head of digitalisation"),
        ("utmanare i Hudiksvall", "challenger in Hudiksvall"),
    ),
    SignIn(
        f"labbledare@{DOMAIN}",
        "katrineholm",
        Role.OFFICER,
        ("processledare", "facilitator"),
        ("labbledare från Katrineholm", "lab leader from Katrineholm"),
    ),
    SignIn(
        f"mottagare@{DOMAIN}",
        "umea",
        Role.OFFICER,
        ("gatuchef", "head of streets"),
        ("mottagare i Umeå, med ett försenat löfte", "receiver in Umeå, with a late promise"),
    ),
)


@dataclass(frozen=True)
class People:
    """The demo's organisations by their short names, and who acts for each."""

    organisations: dict[str, Organisation]
    actors: dict[str, User]
    challenger: User  # who took part in the labs, and is asked afterwards whether it happened


def enter(world: World) -> People:
    """Enter the organisations with their populations, an actor each and the sign-ins."""
    steward = _person(f"drift@{DOMAIN}", password=PASSWORD, runs_the_site=True)
    organisations, actors = {}, {}
    for row in world["organisations"]:
        organisation = actions.found(
            by=steward, code=row["code"], name=row["name"], county=row["county"]
        )
        actions.count(
            organisation,
            value=row["population"],
            as_of=row["as_of"],
            source="SCB" if row["status"] == "confirmed" else "SCB, att kontrollera",
        )
        organisations[row["id"]] = organisation
        actors[row["id"]] = _person(f"{row['id']}@{DOMAIN}")
        actions.appoint(
            organisation, by=steward, email=actors[row["id"]].email, role=Role.ADMINISTRATOR
        )
    signed_up = {}
    for sign_in in SIGN_INS:
        person = signed_up[sign_in.address] = _person(sign_in.address, password=PASSWORD)
        actions.appoint(
            organisations[sign_in.organisation],
            by=steward,
            email=person.email,
            role=sign_in.role,
            title=sign_in.title[world.language != "sv"],
        )
    return People(organisations, actors, signed_up[SIGN_INS[0].address])


def _person(address: str, *, password: str | None = None, runs_the_site: bool = False) -> User:
    person = User.objects.create_user(address, password, is_staff=runs_the_site)
    EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    return person
