"""The rules that patterns check, in Arabic, which has no capitals."""

import pytest

from tests.moralgraph.domain.linter.tables import Case, findings, lines

TITLE = "الإصغاء بصبر"
TABLE = {
    1: Case(
        good=(
            "لحظات | يصمت فيها شخص ما",
            "الناس | الذين يبقون وحدهم",
            "أصوات | تتغير في آخر الكلام",
            "النَّبرات | التي تخفت",
        ),
        bad=(
            "لحظة | من التردد",
            "عندما | يصمت شخص ما",
            "ألاحظ | من يبقى وحده",
            "لحظات |",
            "ما يقال | حول المائدة",
        ),
    ),
    2: Case(
        good=("أسئلة | لم يجب عنها أحد", "وجوه | تضيء عند الحديث", "وعود | قطعها شخص ما لنفسه"),
        bad=("الحب | في كل ما أفعل", "الاحترام | بين الناس", "القيم | التي نعيش بها"),
    ),
    5: Case(
        good=("كلمات | يكررها شخص ما", "علامات | التعب على ضيف", "أوقات | أتذكر فيها وعدا"),
        bad=("الناس | الذين يحترمونني", "مواقف | يشكرني فيها الغرباء", "أفعال | تحفظ سمعتي"),
    ),
    6: Case(
        good=(
            "الغرباء | الذين يترددون عند الباب",
            "الناس | الذين يسألون مرتين",
            "القادمون | الذين يقفون وحدهم",
        ),
        bad=("الزبائن | الذين يترددون", "أسئلة | يطرحها الطلاب", "علامات | التعب على الموظفين"),
    ),
    7: Case(
        good=("ضحكات | تأتي متأخرة", "كلمات | اختارها شخص ما بعناية", "فترات الصمت | بعد سؤال صعب"),
        bad=("لحظات | من التواصل العميق", "كلمات | ذات معنى", "أوقات | مقدسة", "علامات | على جوهر الإنسان"),
    ),
    8: Case(
        good=("شكوك وأسئلة | يخفيها شخص ما", "أسباب | وراء الرفض الهادئ", "إجابات | تأتي بسرعة"),
        bad=(
            "عدم الكذب | في الخطط",
            "تجنب الكلمات | التي تجرح",
            "لا أسرار | بين الناس",
            "كلمات | أختارها كي لا أجرح أحدا",
        ),
    ),
    9: Case(
        good=("الفرص | للجلوس معا", "الأسباب والمخاوف | وراء خطة", "علامات | حاجة الجسد إلى الراحة"),
        bad=(
            "وجبات | في الساعة 7",
            "أعمال | أولا الصحون ثم الأرض",
            "أشياء | كالمفاتيح، والهاتف، والنقود، والتذاكر",
        ),
    ),
    10: Case(
        good=("قواعد وعادات | لا يفسرها أحد", "رغبات | لا تقال", "أعباء وهموم | تثقل على شخص ما"),
        bad=("أمور | يجب أن أقولها", "أعمال | يقوم بها شخص جيد", "مخاوف | من كلام الناس"),
    ),
    13: Case(
        good=("كلمات | يكررها شخص ما", "خطوات | من يكبر في السن", "دموع | لا يذكرها أحد"),
        bad=(
            "كلمات | تكررها الفتاة",
            "مخاوف | أختي",
            "فترات الصمت | قبل أن تجيب أمي",
            "نظرات | لصديقتي وحدها",
        ),
    ),
}


@pytest.mark.parametrize(("rule", "line"), list(lines(TABLE, good=False)))
def test_a_line_that_breaks_a_rule_is_found(rule: int, line: str) -> None:
    found = findings(line, language="ar", title=TITLE)

    assert rule in {item.rule for item in found}
    assert {item.where for item in found} == {"policies.0"}


@pytest.mark.parametrize(("rule", "line"), list(lines(TABLE, good=True)))
def test_a_good_line_gets_no_hint_of_any_rule(rule: int, line: str) -> None:
    assert findings(line, language="ar", title=TITLE) == []


@pytest.mark.parametrize("title", ["الإصغاء بصبر", "وقت للتفكير", "من بقي وحده"])
def test_a_short_title_that_says_something_gets_no_hint(title: str) -> None:
    assert findings("لحظات | يصمت فيها شخص ما", language="ar", title=title) == []


@pytest.mark.parametrize("title", ["اللطف", "عنوان طويل فيه كلمات أكثر مما ينبغي", "إنسان صالح", "ما يهم"])
def test_a_title_that_is_long_or_fits_anything_gets_a_hint(title: str) -> None:
    (found,) = findings("لحظات | يصمت فيها شخص ما", language="ar", title=title)

    assert (found.rule, found.where) == (12, "title")
