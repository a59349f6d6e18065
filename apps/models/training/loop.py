"""One training run from its folder to its result, resumed from the newest checkpoint where there is one."""

import torch
from transformers import set_seed

from apps.models.domain.recipes import RewardConfig
from apps.models.training import checkpoints
from apps.models.training.folder import RunFolder
from apps.models.training.metrics import MetricsLog
from apps.models.training.scorers import load_scorer
from apps.models.training.stopping import StopWatch


def train(*, folder: RunFolder, log: MetricsLog, stop: StopWatch) -> None:
    """Train, or go on training. Raises TrainingError; returns normally after a stop."""
    config = folder.config()
    torch.set_num_threads(config.threads)
    set_seed(config.seed)
    folder.checkpoints.mkdir(exist_ok=True)
    checkpoints.clear_unfinished(folder.checkpoints)
    if isinstance(config, RewardConfig):
        from apps.models.training import sentence

        sentence.train(config=config, folder=folder, log=log, stop=stop)
    else:
        # Loading the trainers of the library takes seconds, which the small reward model need not wait for.
        from apps.models.training.language import run

        run.train(config=config, folder=folder, log=log, stop=stop, load_scorer=load_scorer)
