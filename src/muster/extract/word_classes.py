"""Parts of speech, features and lemmas, looked up once for each word rather than once for each token.

spaCy's attribute ruler and its rule lemmatizer say of a token what follows from its form, its tag and its relation
alone, except in a few pairs of words ("gonna", "there is").  So both are asked once for each such triple and their
answer is kept; a text that has one of those pairs is left to them.  What comes out is what they say.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

_RULER, _LEMMATIZER = "attribute_ruler", "lemmatizer"
#: Answers that are kept; beyond that all are asked anew.
_MOST = 400_000
#: All relations that the ruler does not tell apart.
_OTHER = -1
_Key = tuple[int, int, int]


class WordClasses:
    """A component of a pipeline, in the place of its attribute ruler and lemmatizer."""

    def __init__(self, nlp: Any) -> None:
        self._vocab = nlp.vocab
        self._ruler, self._lemmatizer = nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)
        self._pairs = _pairs(self._ruler)
        self._relations = _relations(self._ruler)
        self._known: dict[_Key, tuple[int, int, int]] = {}

    def __call__(self, doc: Any) -> Any:
        """Set part of speech, features and lemma of every token."""
        return next(self.pipe([doc]))

    def pipe(self, docs: Iterable[Any], *, batch_size: int = 128) -> Iterator[Any]:
        """The same for many texts: what is not known is asked for a batch at once."""
        stream = iter(docs)
        while batch := list(islice(stream, batch_size)):
            keys = [self._keys(doc) for doc in batch]
            self._learn(batch, keys)
            for doc, own in zip(batch, keys, strict=True):
                yield self._filled(doc, own)

    def _keys(self, doc: Any) -> list[_Key]:
        from spacy.attrs import DEP, ORTH, TAG

        told = self._relations
        rows = doc.to_array([ORTH, TAG, DEP]).tolist()
        return [(form, tag, relation if relation in told else _OTHER) for form, tag, relation in rows]

    def _learn(self, docs: Sequence[Any], keys: Sequence[Sequence[_Key]]) -> None:
        if len(self._known) > _MOST:
            self._known.clear()
        new = {key: (n, i) for n, own in enumerate(keys) for i, key in enumerate(own) if key not in self._known}
        if new:
            answers = self._asked([docs[n][i] for n, i in new.values()])
            self._known.update(zip(new, answers, strict=True))

    def _asked(self, tokens: Sequence[Any]) -> list[tuple[int, int, int]]:
        """What the two say of tokens, each by itself."""
        from spacy.tokens import Doc

        apart = Doc(self._vocab, words=[t.text for t in tokens])
        for copy, token in zip(apart, tokens, strict=True):
            copy.tag, copy.dep = token.tag, token.dep
        if self._pairs(apart, allow_missing=True):  # they stand together only here
            return [self._asked([t])[0] for t in tokens]
        return [(t.pos, t.morph.key, t.lemma) for t in self._lemmatizer(self._ruler(apart))]

    def _filled(self, doc: Any, keys: Sequence[_Key]) -> Any:
        import numpy
        from spacy.attrs import LEMMA, MORPH, POS

        if self._pairs(doc, allow_missing=True):
            return self._lemmatizer(self._ruler(doc))
        if keys:
            doc.from_array([POS, MORPH, LEMMA], numpy.array([self._known[key] for key in keys], dtype="uint64"))
        return doc


def _pairs(ruler: Any) -> Any:
    """What finds the places that the ruler's patterns of several tokens speak of."""
    from spacy.matcher import Matcher

    matcher = Matcher(ruler.vocab, validate=False)
    longer = [p for rule in ruler.patterns for p in rule["patterns"] if len(p) > 1]
    if longer:
        matcher.add("pair", longer)
    return matcher


def _relations(ruler: Any) -> frozenset[int]:
    """The relations that the ruler's patterns tell apart, and none."""
    wanted = [token["DEP"] for rule in ruler.patterns for p in rule["patterns"] for token in p if "DEP" in token]
    lists = [[each] if isinstance(each, str) else [n for names in each.values() for n in names] for each in wanted]
    return frozenset(ruler.vocab.strings[name] for names in lists for name in names) | {0}


def with_word_classes(nlp: Any) -> Any:
    """The pipeline with looked-up word classes, where it has the two components that they stand for."""
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler, Lemmatizer

    names = nlp.pipe_names
    if _RULER not in names or _LEMMATIZER not in names:
        return nlp
    ruler, lemmatizer = nlp.get_pipe(_RULER), nlp.get_pipe(_LEMMATIZER)
    plain = isinstance(ruler, AttributeRuler) and isinstance(lemmatizer, Lemmatizer) and lemmatizer.mode == "rule"
    if not plain or names.index(_LEMMATIZER) != names.index(_RULER) + 1:
        return nlp
    index = lemmatizer.lookups.get_table("lemma_index")
    for kind in list(index):
        index[kind] = frozenset(index[kind])  # it is asked only whether a word is in it, and comes as a list
    Language.factory("word_classes", func=lambda nlp, name: WordClasses(nlp))
    nlp.add_pipe("word_classes", after=_LEMMATIZER)
    nlp.disable_pipe(_RULER)
    nlp.disable_pipe(_LEMMATIZER)
    return nlp
