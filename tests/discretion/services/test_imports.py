"""Files become comparisons and verdicts: whole, once, or not at all."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.discretion.domain.report import Controls
from apps.discretion.models import Annotator, Audit, Comparison, Import, Principle, Verdict
from apps.discretion.selectors.comparisons import with_categories
from apps.discretion.selectors.judgements import Choice, measures
from apps.discretion.services import data_sets, imports, reading
from apps.discretion.services.targeting import Asked
from apps.models import selectors as models
from apps.models.models import DataSet
from apps.shared.errors import Invalid, TooLarge
from apps.shared.models import Job, Study
from apps.shared.services import jobs
from tests.factories import discretion_files as make
from tests.factories.discretion import AuditFactory, received

pytestmark = pytest.mark.django_db


@pytest.fixture
def audit(study: Study) -> Audit:
    return AuditFactory(study=study)


@pytest.fixture
def run_import(audit: Audit, django_capture_on_commit_callbacks: Any) -> Any:
    def _run(content: bytes, name: str = "pairs.json", **options: Any) -> Import:
        with django_capture_on_commit_callbacks(execute=True):
            item = received(audit, content, name, **options)
        item.refresh_from_db()
        return item

    return _run


def nothing_is_written(audit: Audit) -> bool:
    tables = (Comparison, Annotator, Principle)
    return (
        not any(table.objects.filter(audit=audit).exists() for table in tables)
        and not Verdict.objects.exists()
    )


def test_pairs_come_in_with_three_peoples_verdicts(audit: Audit, run_import: Any) -> None:
    item = run_import(make.pandalm(12))

    assert item.state == Import.State.DONE
    assert item.report["kept"] == 12
    assert item.format == "pandalm"
    assert Comparison.objects.filter(audit=audit).count() == 12
    assert Verdict.objects.count() == 36
    kinds = set(Annotator.objects.values_list("name", "kind"))
    assert kinds == {(f"annotator{number}", "imported_person") for number in (1, 2, 3)}
    assert item.job.state == Job.State.SUCCEEDED


def test_a_sensitive_file_lies_blurred_wherever_its_texts_are_shown(audit: Audit, run_import: Any) -> None:
    run_import(make.pandalm(6), name="plain.json")
    plain = set(Comparison.objects.values_list("pk", flat=True))
    run_import(make.pandalm(24), name="harsh.json", sensitive=True)

    listed = with_categories(audit=audit, rows=Comparison.objects.filter(audit=audit))
    built = data_sets.build(audit=audit, asked=Asked("verdicts"), created_by=None)
    examples = list(models.examples(data_set=DataSet.objects.get(pk=built.id), side="train"))

    assert {row["id"] for row in listed if not row["blurred"]} == plain
    assert {e.id for e in examples if not e.source.get("sensitive")} <= {str(pk) for pk in plain}
    assert any(e.source.get("sensitive") for e in examples)


def test_a_judges_file_finds_the_pairs_that_are_there(audit: Audit, run_import: Any) -> None:
    run_import(make.pandalm(8))

    run_import(make.pandalm_judge(8), name="some-model-testset-v1.json")

    judge = Annotator.objects.get(name="some-model")
    assert judge.kind == Annotator.Kind.ALGORITHM
    answers = list(judge.verdicts.values_list("answer", flat=True))
    assert sorted(answers) == ["a", "a", "b", "b", "tie", "tie", "unparsable", "unparsable"]
    found = measures(audit=audit, choice=Choice(), controls=Controls()).measures
    row = next(row for row in found.raters if row.rater.name == "some-model")
    assert (row.coverage.value, row.coverage.n) == (0.5, 8)


def test_a_judges_file_without_its_pairs_is_refused(audit: Audit, run_import: Any) -> None:
    item = run_import(make.pandalm_judge(4))

    assert item.state == Import.State.REFUSED
    assert "import the pairs first" in item.report["message"]
    assert item.job.state == Job.State.FAILED
    assert nothing_is_written(audit)


def test_the_same_file_twice_is_one_import(audit: Audit, run_import: Any) -> None:
    first = run_import(make.pandalm(5))
    again = run_import(make.pandalm(5))

    assert again.pk == first.pk
    assert Verdict.objects.count() == 15


def test_a_file_that_repeats_pairs_adds_only_what_is_new(audit: Audit, run_import: Any) -> None:
    run_import(make.pandalm(5))
    run_import(make.pandalm(7))

    assert Comparison.objects.count() == 7
    assert Verdict.objects.count() == 21


def test_another_pair_under_a_known_id_is_refused(audit: Audit, run_import: Any) -> None:
    run_import(make.pandalm(2))

    item = run_import(json.dumps([make.pandalm_record(1, response1="Something else")]).encode())

    assert item.state == Import.State.REFUSED
    assert "another pair with the id “1”" in item.report["message"]
    assert Comparison.objects.count() == 2


def test_one_bad_row_refuses_the_file_and_writes_nothing(audit: Audit, run_import: Any) -> None:
    records = [make.pandalm_record(0), make.pandalm_record(1, annotator1=9), make.pandalm_record(2)]

    item = run_import(json.dumps(records).encode())

    assert item.state == Import.State.REFUSED
    assert item.report["errors"] == [{"row": 2, "reason": "“annotator1” must be 0 (a tie), 1 or 2."}]
    assert "nothing was imported" in item.report["message"]
    assert nothing_is_written(audit)


def test_the_good_rows_can_be_kept(audit: Audit, run_import: Any) -> None:
    records = [make.pandalm_record(0), make.pandalm_record(0), "what", make.pandalm_record(2)]

    item = run_import(json.dumps(records).encode(), on_error="keep_rest")

    assert item.state == Import.State.DONE
    assert (item.report["read"], item.report["kept"], item.report["left_out"]) == (4, 2, 2)
    assert [error["row"] for error in item.report["errors"]] == [2, 3]
    assert set(Comparison.objects.values_list("external_id", flat=True)) == {"0", "2"}


@pytest.mark.parametrize("on_error", ["refuse", "keep_rest"])
def test_a_file_that_is_cut_off_leaves_nothing_behind(audit: Audit, run_import: Any, on_error: str) -> None:
    item = run_import(make.pandalm(40)[:-100], on_error=on_error)

    assert item.state == Import.State.REFUSED
    assert "not complete JSON" in item.report["message"]
    assert nothing_is_written(audit)


def test_a_refused_file_can_be_sent_again(audit: Audit, run_import: Any) -> None:
    first = run_import(make.pandalm_judge(2))
    run_import(make.pandalm(2))

    again = run_import(make.pandalm_judge(2))

    assert again.pk != first.pk
    assert again.state == Import.State.DONE


def test_principles_of_a_file_become_principles_of_the_audit(audit: Audit, run_import: Any) -> None:
    run_import(json.dumps(make.annotated_pairs()).encode())

    assert {row.statement for row in Principle.objects.filter(audit=audit)} == {
        "Select the kinder response",
        "Select the shorter response",
    }
    found = measures(audit=audit, choice=Choice(), controls=Controls())
    counts = {name: rate.count for name, rate in found.measures.categories.items()}
    assert counts == {"consensus": 1, "conflict": 1, "indifference": 1}
    assert found.voters == ("principle votes of the file",)


def test_an_import_that_a_dying_worker_left_half_done_is_finished_without_doubles(
    audit: Audit, run_import: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 4)
    item = run_import(make.pandalm(10))
    Verdict.objects.filter(comparison__external_id__in=["8", "9"]).delete()
    Comparison.objects.filter(external_id__in=["8", "9"]).delete()

    reading.read(item=item, job=item.job)

    assert Comparison.objects.count() == 10
    assert Verdict.objects.count() == 30


def test_a_stopped_import_takes_back_what_it_wrote(
    audit: Audit, run_import: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "BATCH", 4)
    asked = iter([False, True])
    monkeypatch.setattr(jobs, "stop_requested", lambda job: next(asked))

    item = run_import(make.pandalm(10))

    assert item.state == Import.State.REFUSED
    assert item.job.state == Job.State.CANCELLED
    assert nothing_is_written(audit)


def test_an_oversized_file_is_refused_and_not_kept(audit: Audit, settings: Any, files: Path) -> None:
    settings.UPLOAD_LIMIT_BYTES = 100

    with pytest.raises(TooLarge, match="limit of 100 bytes"):
        received(audit, b"x" * 101)

    assert [path for path in files.rglob("*") if path.is_file()] == []
    assert not Import.objects.exists()


def test_an_empty_file_is_refused(audit: Audit) -> None:
    with pytest.raises(Invalid, match="empty"):
        imports.receive(
            audit=audit, upload=SimpleUploadedFile("a.json", b""), filename="a.json", created_by=None
        )


def test_pandalms_people_agree_as_published_once_imported(
    audit: Audit, run_import: Any, shared_data: Path
) -> None:
    folder = shared_data / "pandalm"
    for name in ("testset-v1.json", "gpt-3.5-turbo-testset-v1.json"):
        run_import((folder / name).read_bytes(), name=name)

    found = measures(audit=audit, choice=Choice(), controls=Controls()).measures

    assert round(found.alpha_nominal.value or 0, 3) == 0.864
    assert round(found.unanimous.value or 0, 3) == 0.88
    judge = next(row for row in found.raters if row.rater.name == "gpt-3.5-turbo")
    assert judge.coverage.value == pytest.approx(936 / 999)


def test_a_dry_run_reports_on_every_row_and_writes_none(audit: Audit, run_import: Any) -> None:
    records = [make.pandalm_record(0), make.pandalm_record(1, annotator1=9), make.pandalm_record(2)]
    content = json.dumps(records).encode()

    item = run_import(content, dry_run=True)

    assert item.state == Import.State.DONE
    assert item.report["message"] == "A dry run: 2 of 3 rows can be read, nothing was written."
    assert [fault["row"] for fault in item.report["errors"]] == [2]
    assert nothing_is_written(audit)
    real = run_import(content, on_error="keep_rest")
    assert real.pk != item.pk
    assert Comparison.objects.filter(audit=audit).count() == 2


def test_columns_that_the_sender_names_are_kept_with_the_import(audit: Audit, run_import: Any) -> None:
    columns = {"response_a": "left", "response_b": "right", "preferred": "best"}

    item = run_import(b"left,right,best\nyes,no,b\n", name="x.csv", columns=columns)

    assert (item.state, item.columns) == (Import.State.DONE, columns)
    assert Verdict.objects.get().answer == "b"


def test_a_field_that_does_not_exist_is_refused_before_anything_is_kept(audit: Audit) -> None:
    with pytest.raises(Invalid, match="no field “left”"):
        received(audit, b"left,right\n", columns={"left": "left"})

    assert not Import.objects.exists()


def test_how_sure_a_model_was_and_what_it_said_in_the_other_order_are_kept(
    audit: Audit, run_import: Any
) -> None:
    document = make.annotated_pairs()
    document["comparisons"][0]["annotations"]["c1"] |= {"confidence": 0.6, "swapped_pref": "b"}

    run_import(json.dumps(document).encode())

    vote = Verdict.objects.get(confidence__isnull=False)
    assert (vote.answer, vote.confidence, vote.swapped) == ("a", 0.6, "b")


def test_a_preview_shows_rows_faults_and_columns_and_keeps_nothing(audit: Audit) -> None:
    upload = SimpleUploadedFile("x.csv", b"text_a,text_b,preferred_text\nyes,no,text_a\nyes,no,maybe\n")

    found = imports.preview(upload=upload, filename="x.csv")

    assert (found.format, found.names) == ("preferred_text", ["text_a", "text_b", "preferred_text"])
    assert [row.number for row in found.rows] == [1]
    assert [(row.number, "preferred_text" in row.reason) for row in found.errors] == [(2, True)]
    assert not Import.objects.exists()


def test_a_preview_of_unknown_columns_names_them_and_says_what_is_missing(audit: Audit) -> None:
    unknown = imports.preview(upload=SimpleUploadedFile("x.csv", b"left,right\nyes,no\n"), filename="x.csv")
    told = imports.preview(
        upload=SimpleUploadedFile("x.csv", b"left,right\nyes,no\n"),
        filename="x.csv",
        columns={"response_a": "left", "response_b": "right"},
    )

    assert (unknown.format, unknown.names, unknown.rows) == ("", ["left", "right"], [])
    assert "Say which columns" in unknown.message
    assert (told.format, told.message, len(told.rows)) == ("chosen_rejected", "", 1)


def test_the_beginning_of_a_large_file_is_enough_for_a_preview(audit: Audit) -> None:
    beginning = make.pandalm(200)[:20_000]

    found = imports.preview(upload=SimpleUploadedFile("x.json", beginning), filename="x.json")

    assert (found.format, len(found.rows), found.message) == ("pandalm", 10, "")


def test_a_preview_that_ends_inside_the_first_row_says_that_it_saw_the_beginning_alone(audit: Audit) -> None:
    beginning = b'prompt,chosen,rejected\nbig,"' + b"word " * 300_000

    cut = imports.preview(upload=SimpleUploadedFile("x.csv", beginning[: 1 << 20]), filename="x.csv")
    whole = imports.preview(upload=SimpleUploadedFile("x.csv", beginning[:200]), filename="x.csv")

    assert "Only its beginning was looked at" in cut.message
    assert "Only its beginning" not in whole.message


def test_a_preview_of_what_is_no_text_says_so(audit: Audit) -> None:
    for content in (b"\xff\xfe\x00", b'a,"b\x00\n', b"\x1f\x8bnot packed", b""):
        found = imports.preview(upload=SimpleUploadedFile("x.csv", content), filename="x.csv")

        assert (found.format, found.rows) == ("", [])
        assert found.message.endswith(".")
