"""The tables of a case.

What a person may search for is a column; the record itself is a blob (muster.store.codec).  Columns
named *_with hold the digest of what a row was made with, so that nothing unchanged is made again.
"""

from typing import Any, ClassVar

from django.db import models

_INDEXED_CHARS = 500


class IndexedText(models.TextField):  # type: ignore[type-arg]
    """Text that an index holds: cut off where PostgreSQL's indexes could not.  The blobs have it in full."""

    def get_prep_value(self, value: Any) -> Any:
        """Return what is kept, or looked for.  Called by Django."""
        value = super().get_prep_value(value)
        return value[:_INDEXED_CHARS] if isinstance(value, str) else value

    def deconstruct(self) -> Any:
        """Tell migrations that it is any text.  Called by Django."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", args, kwargs


class Document(models.Model):
    """A document and how far it has come.

    name and media_type are those of its first acquisition by name.  read_with, extracted_with and
    outlined_with name the version that did so, or that refused to; empty: yet to be done.  placed_with:
    what the columns of its statements were made with that tell of other documents.  source is the id of
    the one that published it, or empty.
    """

    id = models.CharField(primary_key=True, max_length=18)
    sha256 = models.CharField(max_length=64, unique=True)
    name = IndexedText()
    media_type = models.TextField()
    n_bytes = models.BigIntegerField()
    read_with = models.CharField(max_length=32, default="", db_index=True)
    extracted_with = models.CharField(max_length=32, default="", db_index=True)
    outlined_with = models.CharField(max_length=32, default="", db_index=True)
    placed_with = models.CharField(max_length=32, default="")
    source = models.CharField(max_length=18, default="", db_index=True)

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["name", "id"], name="document_name")]


class Acquisition(models.Model):
    """One way that a document came in; the same file brought again is not a new one."""

    document = models.ForeignKey(Document, models.CASCADE)
    name = models.TextField()
    path = models.TextField()
    container = models.TextField(default="")
    media_type = models.TextField()
    acquired_at = models.CharField(max_length=32)
    acquired_by = models.TextField(null=True)


class Errand(models.Model):
    """Paths that a build was asked to bring in, until all of them are."""

    paths = models.TextField()


class Reject(models.Model):
    """Something refused.  document is null where the bytes were not kept."""

    document = models.ForeignKey(Document, models.CASCADE, null=True)
    name = models.TextField()
    path = models.TextField(default="")
    stage = models.CharField(max_length=16)
    code = models.CharField(max_length=64)
    message = models.TextField()
    hint = models.TextField()


class Reading(models.Model):
    """What was read from a document."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True)
    title = models.TextField(null=True)
    author = models.TextField(null=True)
    outlet = models.TextField(null=True)
    published_on = models.CharField(max_length=64, null=True)
    language = models.CharField(max_length=16)
    reader = models.CharField(max_length=64)
    n_chars = models.BigIntegerField()
    digest = models.CharField(max_length=32)
    blob = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["language", "document"], name="reading_language")]


class Problem(models.Model):
    """Something a reader of the record must know about one document."""

    document = models.ForeignKey(Document, models.CASCADE)
    kind = models.CharField(max_length=64)
    why = models.TextField()
    words = models.TextField()
    at = models.BigIntegerField(null=True)


class Statement(models.Model):
    """One statement.  position is its place among those of its document, as the extractor gave them.

    blob is the statement as extracted, and always "proposed"; judged the same as people corrected it, or
    null; status what they made of it.  added: a person added it, and blob is what he wrote.  act,
    polarity and modality are as judged.  incident and event are the ids of those that hold it, or null; origin the
    name of whoever it comes from; told_on the date that its document is held to be from, EDTF.  counts_for
    is the independent group that it counts for in its incident; alone and contradicted are as in
    `muster.casebook.sources.Mark`, and nothing where it is in no incident.
    """

    id = models.CharField(primary_key=True, max_length=18)
    document = models.ForeignKey(Document, models.CASCADE)
    position = models.IntegerField()
    start = models.BigIntegerField()
    end = models.BigIntegerField()
    act = models.CharField(max_length=32)
    polarity = models.CharField(max_length=16)
    modality = models.CharField(max_length=16)
    status = models.CharField(max_length=16, default="proposed")
    added = models.BooleanField(default=False)
    confidence = models.FloatField(default=0.0)
    incident = models.CharField(max_length=18, null=True)
    event = models.CharField(max_length=18, null=True, db_index=True)
    origin = IndexedText(default="")
    told_on = models.CharField(max_length=64, null=True)
    blob = models.BinaryField()
    judged = models.BinaryField(null=True)
    counts_for = models.CharField(max_length=18, default="")
    alone = models.BooleanField(default=False)
    contradicted = models.BooleanField(default=False)

    class Meta:  # noqa: D106
        indexes: ClassVar = [
            models.Index(fields=["status", "confidence", "id"], name="statement_queue"),
            models.Index(fields=["document", "status", "incident", "alone", "contradicted"], name="statement_tally"),
            models.Index(fields=["incident", "id"], name="statement_incident"),
            models.Index(fields=["status", "document", "start", "id"], name="statement_to_read"),
            models.Index(fields=["act", "status", "confidence", "id"], name="statement_of_act"),
            models.Index(fields=["origin", "status", "confidence", "id"], name="statement_of_origin"),
            models.Index(fields=["document", "start", "id"], name="statement_place"),
        ]


class Mentioning(models.Model):
    """That a statement names an entity of its document, as speaker, actor, target or place."""

    document = models.ForeignKey(Document, models.CASCADE)
    entity = models.CharField(max_length=32)
    statement = models.ForeignKey(Statement, models.CASCADE)

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["document", "entity", "statement"], name="mentioning_of_entity")]


class Extraction(models.Model):
    """The rest of what was extracted from a document: its entities and mentions.

    judged is the same with the names that people added, or null.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True)
    n_statements = models.IntegerField()
    n_refused = models.IntegerField()
    blob = models.BinaryField()
    judged = models.BinaryField(null=True)


class Outline(models.Model):
    """All that the case-wide stages need of one document.  digest covers its statements too."""

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True)
    digest = models.CharField(max_length=32)
    blob = models.BinaryField()


class Settled(models.Model):
    """The date that a document is held to be from, where it gives none in full, and its outline with that.

    Its statements are kept as extracted, and their dates are read anew with `on` when they are looked up.
    """

    document = models.OneToOneField(Document, models.CASCADE, primary_key=True)
    on = models.CharField(max_length=64)
    why = models.TextField()
    language = models.CharField(max_length=16)
    made_with = models.CharField(max_length=32)
    blob = models.BinaryField()


class Artefact(models.Model):
    """A whole-case intermediate result, by name: the entity state, what the case was reconciled with."""

    name = models.CharField(primary_key=True, max_length=32)
    made_with = models.CharField(max_length=32)
    blob = models.BinaryField()


class Entity(models.Model):
    """A person, group or place, across documents."""

    id = models.CharField(primary_key=True, max_length=18)
    kind = models.CharField(max_length=16)
    name = IndexedText()
    n_documents = models.IntegerField()
    digest = models.CharField(max_length=32)
    blob = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["kind", "-n_documents", "name", "id"], name="entity_first")]


class Member(models.Model):
    """That a name of a document stands for an entity; local is the id of its LocalEntity."""

    document = models.ForeignKey(Document, models.CASCADE)
    local = models.CharField(max_length=32)
    entity = models.ForeignKey(Entity, models.CASCADE)

    class Meta:  # noqa: D106
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "local"], name="member_once")]
        indexes: ClassVar = [models.Index(fields=["entity", "document", "local"], name="member_of_entity")]


class Incident(models.Model):
    """An incident and the questions asked of it.  weighed_with: what the questions were made with.

    dead_alone: how many dead one independent group alone states, or null (`muster.casebook.alone`).
    """

    id = models.CharField(primary_key=True, max_length=18)
    name = models.TextField()
    kind = models.CharField(max_length=32)
    when = models.CharField(max_length=64, null=True)
    place = models.TextField(null=True)
    n_statements = models.IntegerField()
    weighed_with = models.CharField(max_length=32)
    dead_alone = models.BigIntegerField(null=True)
    blob = models.BinaryField()
    questions = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["-dead_alone", "id"], name="incident_dead_alone")]


class ListedIncident(models.Model):
    """An incident as lists show it and are filtered by, in one narrow row.

    status is the most pressing of its questions'; first_on and last_on are the ISO days that its date covers.
    """

    incident = models.OneToOneField(Incident, models.CASCADE, primary_key=True)
    name = models.TextField()
    kind = models.CharField(max_length=32)
    when = models.CharField(max_length=64, null=True)
    first_on = models.CharField(max_length=10, null=True)
    last_on = models.CharField(max_length=10, null=True)
    place = models.TextField(null=True)
    place_entity = models.CharField(max_length=18, null=True)
    status = models.CharField(max_length=16)
    n_statements = models.IntegerField()
    n_groups = models.IntegerField()
    n_disagreements = models.IntegerField()
    killed_low = models.IntegerField(null=True)
    killed_high = models.IntegerField(null=True)
    injured_low = models.IntegerField(null=True)
    injured_high = models.IntegerField(null=True)

    class Meta:  # noqa: D106
        indexes: ClassVar = [
            models.Index(
                fields=["-n_disagreements", "-n_groups", "-n_statements", "incident"], name="listed_incident_first"
            ),
            models.Index(fields=["first_on", "last_on", "incident"], name="listed_incident_date"),
            models.Index(fields=["place_entity"], name="listed_incident_place"),
        ]


class Source(models.Model):
    """A source's sheet; the statements that it alone made are found by their column."""

    id = models.CharField(primary_key=True, max_length=18)
    name = IndexedText()
    owner = models.TextField(null=True)
    n_documents = models.IntegerField()
    n_statements = models.IntegerField()
    n_alone = models.IntegerField()
    n_contradicted = models.IntegerField()
    digest = models.CharField(max_length=32)
    blob = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["-n_statements", "name", "id"], name="source_first")]


class Tie(models.Model):
    """A dependence between two documents."""

    a = models.CharField(max_length=18, db_index=True)
    b = models.CharField(max_length=18, db_index=True)
    kind = models.CharField(max_length=16)
    strong = models.BooleanField()
    digest = models.CharField(max_length=32, unique=True)
    blob = models.BinaryField()


class Group(models.Model):
    """Documents that depend on each other."""

    id = models.CharField(primary_key=True, max_length=18)
    n_members = models.IntegerField()
    digest = models.CharField(max_length=32)
    blob = models.BinaryField()


class Disagreement(models.Model):
    """Two statements that cannot both hold, or one that contradicts itself.

    It hangs on the incident or on the document that it was found in.  b is empty where there is none.
    """

    incident = models.ForeignKey(Incident, models.CASCADE, null=True)
    document = models.ForeignKey(Document, models.CASCADE, null=True)
    a = models.CharField(max_length=18)
    b = models.CharField(max_length=18, default="")
    kind = models.CharField(max_length=16)
    rank = models.FloatField()
    blob = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [
            models.Index(fields=["-rank", "a", "b", "kind"], name="disagreement_first"),
            models.Index(fields=["a"], name="disagreement_a"),
            models.Index(fields=["b"], name="disagreement_b"),
        ]


class Person(models.Model):
    """A person's ledger.  dead_alone: one independent group alone says that they are dead."""

    entity = models.OneToOneField(Entity, models.CASCADE, primary_key=True)
    name = IndexedText()
    last_state = models.CharField(max_length=16, null=True)
    last_on = models.CharField(max_length=64, null=True)
    accounted_for = models.BooleanField()
    dead_alone = models.BooleanField(default=False)
    made_with = models.CharField(max_length=32)
    blob = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [
            models.Index(fields=["accounted_for", "-last_on", "name"], name="person_accounted"),
            models.Index(fields=["dead_alone", "name"], name="person_dead_alone"),
            models.Index(fields=["last_state", "accounted_for", "entity"], name="person_state"),
        ]


class Judgement(models.Model):
    """One decision by a person.  Rows are added, never changed or taken out.  sequence counts them from 1."""

    id = models.CharField(primary_key=True, max_length=64)
    sequence = models.BigIntegerField(unique=True)
    kind = models.CharField(max_length=16)
    decided_at = models.CharField(max_length=32)
    decided_by = IndexedText()
    blob = models.BinaryField()

    class Meta:  # noqa: D106
        indexes: ClassVar = [
            models.Index(fields=["kind", "sequence"], name="judgement_kind"),
            models.Index(fields=["decided_by", "sequence"], name="judgement_by"),
        ]


class JudgedSubject(models.Model):
    """Something that a judgement is about, so that all about one thing are found.

    held: a statement that one of its subjects held.  document is the one that the subject is of, or
    null.  What an undo takes back has its subjects on the undo, too.
    """

    judgement = models.ForeignKey(Judgement, models.CASCADE)
    sequence = models.BigIntegerField()
    subject = IndexedText()
    document = models.CharField(max_length=18, null=True, db_index=True)
    held = models.BooleanField(default=False)

    class Meta:  # noqa: D106
        indexes: ClassVar = [models.Index(fields=["subject", "sequence"], name="judged_subject")]


class Setting(models.Model):
    """Something that the owners of a case settled, by name; value is JSON text."""

    name = models.CharField(primary_key=True, max_length=64)
    value = models.TextField()


class SearchRow(models.Model):
    """Folded words that a search may find: of a passage or statement of a document, or the names of an entity.

    owner is the id of the document or entity; ref that of the statement or entity, empty for a passage.
    """

    owner = models.CharField(max_length=18, db_index=True)
    kind = models.CharField(max_length=9)
    ref = models.CharField(max_length=18)
    start = models.BigIntegerField(null=True)
    end = models.BigIntegerField(null=True)
    body = models.TextField()


class Searched(models.Model):
    """What the search rows of a document or entity were made of, as a digest."""

    owner = models.CharField(primary_key=True, max_length=18)
    digest = models.CharField(max_length=64)
