"""The tables of models: what is trained and from what, and which language models there are."""

from apps.models.models.counterfactuals import Counterfactual
from apps.models.models.language_models import LanguageModel, ModelRole
from apps.models.models.promotion import Decision, PromotionRule
from apps.models.models.training import Checkpoint, DataSet, Evaluation, Lineage, Run, RunAlert, RunPoint
from apps.models.models.vectors import ResponseVector

__all__ = [
    "Checkpoint",
    "Counterfactual",
    "DataSet",
    "Decision",
    "Evaluation",
    "LanguageModel",
    "Lineage",
    "ModelRole",
    "PromotionRule",
    "ResponseVector",
    "Run",
    "RunAlert",
    "RunPoint",
]
