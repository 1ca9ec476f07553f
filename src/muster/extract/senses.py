"""What a noun stands for: people, a place, a thing, a weapon."""

from muster.extract.parse import Token, children, heads_people, lemma
from muster.extract.vocabulary import acts, nouns


def has_place(preposition: Token) -> bool:
    """Whether a preposition leads to a place."""
    return any(is_place(n) for n in children(preposition, "pobj"))


def prepositional(verb: Token) -> list[Token]:
    """What the prepositions of a verb lead to."""
    return [noun for p in children(verb, "prep", "prt") for noun in children(p, "pobj")]


def is_person(noun: Token) -> bool:
    """Whether a noun stands for people, or counts them."""
    if noun.ent_type_ in ("DATE", "TIME", "MONEY", "PERCENT", "GPE", "LOC", "FAC"):
        return False
    if heads_people(noun) or (noun.lower_ == "one" and any(c.lower_ in ("no", "any", "every") for c in noun.lefts)):
        return True
    counted = [p for p in children(noun, "prep") if p.lower_ == "of"]
    return any(lemma(t) in nouns()["people"] for p in counted for t in children(p, "pobj"))


def is_place(noun: Token) -> bool:
    """Whether a noun stands for a place."""
    return (
        noun.ent_type_ in ("GPE", "LOC", "FAC")
        or lemma(noun) in nouns()["places"]
        or (noun.pos_ == "PROPN" and any(t.lower_ in nouns()["places"] for t in noun.subtree))
    )


def is_thing(noun: Token, act: str) -> bool:
    """Whether a noun is a thing that the act can befall, as acts.toml lists them."""
    things = acts().words(act, "things_held") or acts().words("damage_property", "things")
    return lemma(noun) in things or any(lemma(t) in things for p in children(noun, "prep") for t in children(p, "pobj"))


def is_weapon(noun: Token) -> bool:
    """Whether a noun is a weapon, or a number of them."""
    return lemma(noun) in nouns()["weapons"] or any(
        lemma(t) in nouns()["weapons"] for p in children(noun, "prep") for t in children(p, "pobj")
    )
