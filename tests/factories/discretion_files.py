"""Files of comparisons as people send them."""

import json
from typing import Any


def pandalm_record(number: int, **changes: Any) -> dict[str, Any]:
    """Return one pair of the kind that three people judged."""
    record = {
        "idx": number,
        "motivation_app": "Notes",
        "cmp_key": "one_two",
        "instruction": f"Question {number % 7}: what should I think about first?",
        "input": "",
        "response1": f"Think about the people who depend on you. ({number})",
        "response2": f"Make a list and pick the longest side. ({number}) It takes little time.",
        "annotator1": 1,
        "annotator2": number % 3,
        "annotator3": 1 + number % 2,
    }
    return record | changes


def pandalm(count: int = 12) -> bytes:
    """Return a file of pairs with three people's verdicts."""
    return json.dumps([pandalm_record(number) for number in range(count)], indent=1).encode()


def pandalm_judge(count: int = 12, results: tuple[str, ...] = ("1", "2", "Tie", "no idea")) -> bytes:
    """Return a judge's verdicts on the pairs of ``pandalm``."""
    records = [
        {"idx": number, "gpt_result": results[number % len(results)], "gpt_reason": "It says more."}
        for number in range(count)
    ]
    return json.dumps(records).encode()


def annotated_pairs() -> dict[str, Any]:
    """Return an AnnotatedPairs 2.0 document: one person, two principles, three pairs."""

    def pair(name: str, **annotations: Any) -> dict[str, Any]:
        return {
            "id": name,
            "prompt": f"Prompt of {name}",
            "response_a": {"text": f"First answer of {name}"},
            "response_b": {"text": f"Second answer of {name}"},
            "annotations": annotations,
            "metadata": {"index": name},
        }

    return {
        "metadata": {"version": "2.0", "default_annotator": "p1"},
        "annotators": {
            "p1": {"name": "preferred_text", "description": "The label", "type": "human"},
            "c1": {"description": "Select the kinder response", "type": "principle"},
            "c2": {"description": "Select the shorter response", "type": "principle"},
        },
        "comparisons": [
            pair("x1", p1={"pref": "a"}, c1={"pref": "a"}, c2={"pref": "b"}),
            pair(
                "x2",
                p1={"pref": "b"},
                c1={"pref": "a"},
                c2={"pref": None, "no_pref_reason": "not_applicable"},
            ),
            pair(
                "x3", p1={"pref": None, "no_pref_reason": "both"}, c1={"pref": None, "no_pref_reason": "both"}
            ),
        ],
    }
