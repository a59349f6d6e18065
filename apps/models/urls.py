"""Routes of this app, under ``/api/``."""

from django.urls import path

from apps.models.rest import (
    checkpoints,
    counterfactuals,
    data_sets,
    elsewhere,
    language_models,
    promotion,
    runs,
    serving,
)

STUDY = "studies/<slug:slug>/"
DATA_SET = STUDY + "data-sets/<uuid:data_set_id>/"
RUN = STUDY + "runs/<uuid:run_id>/"
CHECKPOINT = STUDY + "checkpoints/<uuid:checkpoint_id>/"
COUNTERFACTUAL = STUDY + "counterfactuals/<uuid:counterfactual_id>/"
LANGUAGE_MODEL = STUDY + "language-models/<uuid:language_model_id>/"

urlpatterns = [
    path(STUDY + "data-sets/", data_sets.DataSetsView.as_view(), name="data-sets"),
    path(DATA_SET, data_sets.DataSetView.as_view(), name="data-set"),
    path(DATA_SET + "export/", data_sets.DataSetExportView.as_view(), name="data-set-export"),
    path(DATA_SET + "examples/", data_sets.DataSetExamplesView.as_view(), name="data-set-examples"),
    path(DATA_SET + "folder/", data_sets.DataSetFolderView.as_view(), name="data-set-folder"),
    path(STUDY + "runs/", runs.RunsView.as_view(), name="runs"),
    path(STUDY + "runs/preview/", runs.PreviewRunView.as_view(), name="run-preview"),
    path(STUDY + "recipes/", runs.RecipesView.as_view(), name="recipes"),
    path(RUN, runs.RunView.as_view(), name="run"),
    path(RUN + "stop/", runs.StopRunView.as_view(), name="run-stop"),
    path(RUN + "first/", runs.PutRunFirstView.as_view(), name="run-first"),
    path(RUN + "resume/", runs.ResumeRunView.as_view(), name="run-resume"),
    path(RUN + "clone/", runs.CloneRunView.as_view(), name="run-clone"),
    path(RUN + "choice/", runs.RepeatRunView.as_view(), name="run-choice"),
    path(RUN + "log/", runs.RunLogView.as_view(), name="run-log"),
    path(RUN + "log/search/", runs.RunLogSearchView.as_view(), name="run-log-search"),
    path(RUN + "log/file/", runs.RunLogFileView.as_view(), name="run-log-file"),
    path(RUN + "points/file/", runs.RunPointsFileView.as_view(), name="run-points-file"),
    path(RUN + "elsewhere/", elsewhere.RunElsewhereView.as_view(), name="run-elsewhere"),
    path(RUN + "package/", elsewhere.RunPackageView.as_view(), name="run-package"),
    path(RUN + "return/", elsewhere.RunReturnView.as_view(), name="run-return"),
    path(RUN + "folder/", elsewhere.RunFolderView.as_view(), name="run-folder"),
    path(RUN + "samples/", runs.RunSamplesView.as_view(), name="run-samples"),
    path(STUDY + "checkpoints/", checkpoints.CheckpointsView.as_view(), name="checkpoints"),
    path(STUDY + "language-models/", language_models.LanguageModelsView.as_view(), name="language-models"),
    path(LANGUAGE_MODEL, language_models.LanguageModelView.as_view(), name="language-model"),
    path(
        LANGUAGE_MODEL + "check/",
        language_models.CheckLanguageModelView.as_view(),
        name="language-model-check",
    ),
    path(STUDY + "model-roles/", language_models.RolesView.as_view(), name="model-roles"),
    path(STUDY + "model-roles/<slug:role>/", language_models.RoleView.as_view(), name="model-role"),
    path(STUDY + "counterfactuals/", counterfactuals.CounterfactualsView.as_view(), name="counterfactuals"),
    path(COUNTERFACTUAL, counterfactuals.CounterfactualView.as_view(), name="counterfactual"),
    path(COUNTERFACTUAL + "compare/", counterfactuals.CompareTargetsView.as_view(), name="compare-targets"),
    path(CHECKPOINT, checkpoints.CheckpointView.as_view(), name="checkpoint"),
    path(CHECKPOINT + "serving/", serving.CheckpointServingView.as_view(), name="checkpoint-serving"),
    path(CHECKPOINT + "measuring/", checkpoints.MeasuringView.as_view(), name="checkpoint-measuring"),
    path(CHECKPOINT + "decisions/", promotion.DecisionsView.as_view(), name="checkpoint-decisions"),
    path(CHECKPOINT + "card/", promotion.ModelCardView.as_view(), name="model-card"),
    path(STUDY + "promotion-rule/", promotion.PromotionRuleView.as_view(), name="promotion-rule"),
]
