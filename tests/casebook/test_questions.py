"""What is asked of an incident and who answers."""

from hypothesis import given
from hypothesis import strategies as st

from muster.casebook import questions
from muster.weigh import disagreements
from tests.weigh.made import entity, incident, outline, statement, weigh, words

HOSPITAL = ("e1", "group", "Harbour Hospital")
TEXT = "Six people were killed at the salt works on Tuesday, the hospital said in the evening. " * 2
CONTEXT = weigh(
    [
        outline("wire", TEXT,
                outlet="Tidewire", published_on="2017-03-14", entities=[HOSPITAL]),
        outline("copy", TEXT + "x",
                outlet="Harbour Post", published_on="2017-03-15", entities=[HOSPITAL]),
        outline("own", "The reporter went there", outlet="Salt Times", entities=[HOSPITAL]),
        outline("gov", "A statement", outlet="Interior Desk"),
    ],
    [entity("e1", "group", "Harbour Hospital", "wire", "copy", "own")],
)  # fmt: skip


def killed(document, n, **given):
    return statement(document, "kill", f"{n} people were killed", count=(n, n, "killed", str(n)), **given)


def asked(kind, *statements, **given):
    about = incident(*statements, **given)
    found = disagreements(about, statements, CONTEXT)
    return next(q for q in questions(about, statements, CONTEXT, found) if q.kind == kind)


def test_the_range_runs_from_the_lowest_to_the_highest_answer_with_their_origins():
    question = asked("killed", killed("wire", 6), killed("own", 11), killed("gov", 2))
    assert (question.low, question.high, question.status) == (2, 11, "disputed")
    assert (question.low_origin, question.high_origin) == ("Interior Desk", "Salt Times")


def test_a_denial_is_the_answer_nought():
    none = statement("gov", "kill", "nobody died", count=(0, 0, "killed", "nobody"), polarity="denied")
    question = asked("killed", killed("wire", 6), none)
    assert (question.low, question.high, question.status) == (0, 6, "disputed")
    assert question.answers[0].denied


def test_who_says_that_one_party_killed_nobody_does_not_say_that_nobody_died():
    count = (0, 0, "killed", "nobody")
    none = statement("gov", "kill", "the guards killed nobody", count=count, polarity="denied", actor="the guards")
    question = asked("killed", killed("wire", 6), none)
    assert (question.low, question.high) == (6, 6)
    assert "nobody by the guards" in [answer.value for answer in question.answers]


def test_no_other_deaths_is_of_the_others():
    count = (0, 0, "killed", "no")
    none = statement(
        "gov", "kill", "there were no other deaths", count=count, polarity="denied", target="no other deaths"
    )
    assert (asked("killed", killed("wire", 6), none).low) == 6


def test_a_copy_does_not_make_an_answer_agreed():
    assert asked("killed", killed("wire", 6), killed("copy", 6)).status == "single origin"
    assert asked("killed", killed("wire", 6), killed("own", 6)).status == "agreed"


def test_one_hospital_in_three_papers_is_a_single_origin():
    said = [killed(d, 6, by=[words("the hospital", "e1")]) for d in ("wire", "copy", "own")]
    question = asked("killed", *said)
    assert question.status == "single origin"
    assert question.answers[0].origins == ("Harbour Hospital",)


def test_soldiers_among_the_dead_do_not_set_the_range_but_are_shown():
    soldiers = statement(
        "own", "kill", "two soldiers were killed", count=(2, 2, "killed", "two"), target="two soldiers"
    )
    question = asked("killed", killed("wire", 30), soldiers)
    assert (question.low, question.high) == (30, 30)
    assert "2 of soldiers and police" in {answer.value for answer in question.answers}


def test_where_only_soldiers_died_their_number_is_the_range():
    soldiers = statement(
        "own", "kill", "two soldiers were killed", count=(2, 2, "killed", "two"), target="two soldiers"
    )
    assert asked("killed", soldiers).low == 2


def test_at_least_ten_does_not_raise_the_range_to_infinity():
    at_least = statement("wire", "kill", "at least 10 died", count=(10, None, "killed", "at least 10"))
    assert (asked("killed", at_least).low, asked("killed", at_least).high) == (10, 10)


def test_nobody_asked_is_open_and_numbers_nobody_gives_are_left_out():
    attack = statement("wire", "attack", "soldiers came", actor="soldiers")
    found = questions(incident(attack), [attack], CONTEXT, ())
    assert [(q.kind, q.status) for q in found] == [
        ("when", "open"), ("where", "open"), ("who", "single origin"), ("killed", "open"),
    ]  # fmt: skip


def test_a_pronoun_answers_nothing():
    assert asked("who", statement("wire", "attack", "they came", actor="they")).status == "open"


def test_who_is_named_affirmed_and_denied():
    did = statement("wire", "attack", "soldiers came", actor="soldiers")
    not_did = statement("gov", "attack", "soldiers came", actor="soldiers", polarity="denied")
    question = asked("who", did, not_did)
    assert question.status == "disputed"
    assert {(a.value, a.denied) for a in question.answers} == {("soldiers", False), ("soldiers", True)}


def test_no_soldier_is_a_denial_of_soldiers_and_nobody_is_no_answer():
    no_soldier = statement("gov", "attack", "no soldier fired", actor="no soldier", polarity="denied")
    nobody = statement("wire", "attack", "nobody fired", actor="nobody", polarity="denied")
    assert [(a.value, a.denied) for a in asked("who", no_soldier, nobody).answers] == [("soldier", True)]


def test_who_denies_a_deed_says_nothing_of_where_it_was():
    place = statement("wire", "attack", "they fired at the quay", place="the quay")
    denied = statement("gov", "attack", "no shot fell at the quay", place="the quay", polarity="denied")
    assert [(a.value, a.denied) for a in asked("where", place, denied).answers] == [("the quay", False)]


@given(st.permutations(range(4)))
def test_the_order_of_statements_does_not_matter(order):
    statements = [
        killed("wire", 6),
        killed("own", 11),
        killed("gov", 2),
        statement("own", "attack", "x", actor="soldiers"),
    ]
    about = incident(*statements)
    found = disagreements(about, statements, CONTEXT)
    shuffled = [statements[n] for n in order]
    assert questions(about, shuffled, CONTEXT, found[::-1]) == questions(about, statements, CONTEXT, found)


@given(st.lists(st.sampled_from(["wire", "copy"]), min_size=1, max_size=6))
def test_copies_add_no_support(documents):
    statements = [killed(document, 6, start=n) for n, document in enumerate(documents)]
    assert all(len(answer.groups) == 1 for answer in asked("killed", *statements).answers)


def test_names_are_counted_where_nobody_counts_and_shown_where_somebody_does():
    names = [
        statement(
            "own",
            "kill",
            f"Ada {n} was shot",
            count=(1, 1, "killed", f"Ada {n}"),
            target=words(f"Ada {n}", f"p{n}"),
            start=50 * n,
        )
        for n in range(3)
    ]
    alone, beside = asked("killed", *names), asked("killed", *names, killed("wire", 6))
    assert (alone.low, alone.high, alone.answers[0].value) == (3, 3, "3 by name")
    assert (beside.low, beside.high) == (6, 6)
    assert "3 by name" in {answer.value for answer in beside.answers}


def test_a_lorry_is_nobody_and_the_army_s_lorries_are_the_army():
    assert asked("who", statement("wire", "kill", "a lorry crushed three", actor="a lorry")).status == "open"
    army = asked("who", statement("wire", "kill", "army lorries crushed three", actor="army lorries"))
    assert army.status == "single origin"
