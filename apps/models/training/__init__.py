"""Training in a process of its own, without Django: ``python -m apps.models.training FOLDER``.

The folder holds ``config.json``, ``train.jsonl`` and ``held_out.jsonl``; the process writes ``metrics.jsonl``
(numbered lines, see ``metrics``), ``checkpoints/step-N`` and, at the end, ``model`` and ``result.json``.
"""
