"""Signals that every app must answer."""

from django.dispatch import Signal

withdrawn = Signal()
"""A participant withdrew. Sent with ``study`` and ``participant_id`` (UUID), inside the transaction."""

demo_loading = Signal()
"""The demo study is made. Sent with ``study`` and ``staff`` (role -> user), inside the transaction."""
