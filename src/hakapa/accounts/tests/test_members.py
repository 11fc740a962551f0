import pytest

from hakapa.accounts.models import Membership, User
from hakapa.accounts.tests.factories import (
    MembershipFactory,
    OrganisationFactory,
    UserFactory,
    administrator_of,
    member_of,
    officer_of,
)
from hakapa.kernel.tests.pages import address, main_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return OrganisationFactory.create()


@pytest.fixture
def boss(client, home):
    """The only administrator, signed in."""
    boss = administrator_of(home)
    client.force_login(boss)
    return boss


@pytest.fixture
def page_of(home):
    return address("accounts:members", home.pk)


def dismissal(membership):
    return address("accounts:dismiss", membership.organisation_id, membership.pk)


def test_an_administrator_sees_who_works_here(client, boss, home, page_of):
    MembershipFactory.create(
        organisation=home, user__email="eva@example.org", user__name="Eva", title="gatuchef"
    )
    MembershipFactory.create(user__email="annan@example.org")

    page = client.get(page_of)
    assert "Eva eva@example.org member gatuchef" in main_of(page)
    assert {m.user.email for m in page.context["members"]} == {boss.email, "eva@example.org"}


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_as_many_queries_however_many_work_here(
    client, boss, home, page_of, django_assert_num_queries, count
):
    MembershipFactory.create_batch(count, organisation=home)
    client.get(page_of)

    # session, user, organisation, roles, members, whether this is the demo, the bell
    with django_assert_num_queries(7):
        page = client.get(page_of)
    assert len(page.context["members"]) == count + 1


def test_an_administrator_adds_somebody(client, boss, home, page_of):
    person = UserFactory.create(email="eva@example.org")
    answer = client.post(
        page_of, {"email": "EVA@example.org", "role": "officer", "title": " gatuchef "}
    )

    assert answer["Location"] == page_of
    added = Membership.objects.get(user=person)
    assert (added.organisation, added.role, added.title) == (home, "officer", "gatuchef")
    assert "Saved." in client.get(page_of).content.decode()


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"email": "okand@example.org"}, "Nobody with that address has an account."),
        ({"email": "inte en adress"}, "Enter a valid email address."),
        ({"role": "king"}, "king is not one of the available choices."),
        ({"title": "x" * 101}, "at most 100 characters"),
    ],
)
def test_what_is_wrong_is_said_and_kept(client, boss, page_of, wrong, why):
    UserFactory.create(email="eva@example.org")
    told = {"email": "eva@example.org", "role": "member", "title": "gatuchef"} | wrong
    page = client.post(page_of, told)

    assert page.status_code == 200
    assert why in main_of(page)
    assert {name: page.context["form"][name].value() for name in told} == told
    assert Membership.objects.count() == 1


def test_the_last_administrator_is_told_to_appoint_another_first(client, boss, page_of):
    page = client.post(page_of, {"email": boss.email, "role": "member"})

    assert "An organisation needs an administrator. Appoint another one first." in main_of(page)
    assert Membership.objects.get().role == "administrator"


def test_who_leaves_is_dismissed(client, boss, home, page_of):
    leaving = MembershipFactory.create(organisation=home)
    answer = client.post(dismissal(leaving))

    assert answer["Location"] == page_of
    assert [m.user for m in Membership.objects.all()] == [boss]
    assert "They no longer work here." in client.get(page_of).content.decode()


def test_the_last_administrator_is_not_dismissed(client, boss, page_of):
    answer = client.post(dismissal(Membership.objects.get()))

    assert answer["Location"] == page_of
    assert Membership.objects.get().user == boss
    assert "needs an administrator" in client.get(page_of).content.decode()


def test_somebody_who_works_elsewhere_is_not_found_here(client, boss, home):
    elsewhere = MembershipFactory.create()

    assert client.post(address("accounts:dismiss", home.pk, elsewhere.pk)).status_code == 404
    assert client.post(dismissal(elsewhere)).status_code == 403
    assert Membership.objects.filter(pk=elsewhere.pk).exists()


def test_nobody_else_sees_or_changes_who_works_here(client, home, page_of):
    kept = MembershipFactory.create(organisation=home)
    others = (member_of(home), officer_of(home), administrator_of(OrganisationFactory.create()))
    for person in others:
        client.force_login(person)
        answers = [
            client.get(page_of),
            client.post(page_of, {"email": person.email, "role": "administrator"}),
            client.post(dismissal(kept)),
        ]
        assert [answer.status_code for answer in answers] == [403, 403, 403]

    assert Membership.objects.filter(organisation=home, role="administrator").count() == 0


def test_a_stranger_signs_in_first(client, home, page_of):
    kept = MembershipFactory.create(organisation=home)
    for answer in (client.get(page_of), client.post(page_of), client.post(dismissal(kept))):
        assert answer["Location"].startswith(address("account_login"))


def test_nobody_is_dismissed_by_opening_a_page(client, boss, home):
    kept = MembershipFactory.create(organisation=home)

    assert client.get(dismissal(kept)).status_code == 405
    assert Membership.objects.filter(pk=kept.pk).exists()


def test_an_organisation_that_is_not_there_has_no_members(client, boss):
    assert client.get(address("accounts:members", 0)).status_code == 404


class TestMe:
    """The page where a person sees what is known about them."""

    ME = address("accounts:me")

    def test_it_says_where_i_work_and_as_what(self, client):
        person = UserFactory.create(email="eva@example.org")
        MembershipFactory.create(user=person, organisation__name="Umeå", title="gatuchef")
        client.force_login(person)

        assert "Umeå gatuchef, member" in main_of(client.get(self.ME))

    def test_who_works_nowhere_is_told_how_to_begin(self, client):
        client.force_login(UserFactory.create())

        assert "You do not work for any organisation here yet" in main_of(client.get(self.ME))

    def test_i_say_what_i_am_called(self, client):
        client.force_login(UserFactory.create())
        answer = client.post(self.ME, {"name": " Eva \u200b"})

        assert answer["Location"] == self.ME
        assert User.objects.get().name == "Eva"

    def test_a_name_no_page_can_show_is_kept_in_the_form_only(self, client):
        client.force_login(UserFactory.create(name="Eva"))
        page = client.post(self.ME, {"name": "a" * 81})

        assert "A word has more than 80 characters. Put in a space." in main_of(page)
        assert page.context["form"]["name"].value() == "a" * 81
        assert User.objects.get().name == "Eva"

    def test_i_download_all_that_is_kept_about_me(self, client):
        person = UserFactory.create(email="eva@example.org", name="Åsa")
        client.force_login(person)
        answer = client.get(address("accounts:my_data"))

        assert answer["Content-Disposition"] == 'attachment; filename="hakapa.json"'
        assert answer.json()["email"] == "eva@example.org"
        assert '"name": "Åsa"' in answer.content.decode()
        assert answer.json()["last_login"] is not None

    def test_a_stranger_has_no_page(self, client):
        for name in ("accounts:me", "accounts:my_data"):
            answer = client.get(address(name))
            assert answer["Location"] == f"{address('account_login')}?next={address(name)}"
