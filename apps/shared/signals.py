"""Signals that every app must answer."""

from django.dispatch import Signal

withdrawn = Signal()
"""A participant withdrew. Sent with ``study`` and ``participant_id`` (UUID), inside the transaction."""

value_uses = Signal()
"""Where does a value of the graph stand? Sent with ``study`` and ``value_id``; an app that makes use of
values answers with how often, by kind: ``{"audits": 2}``."""

traits_asked = Signal()
"""What did participants tell about themselves that people can be grouped by? Sent with ``study``; an app that
asks answers ``{trait: {participant_id (UUID): answer}}``, withdrawn people left out."""

training_consents_asked = Signal()
"""Who agreed that a model is trained on what they said? Sent with ``study``; an app that asks for consent
answers with participant ids (a set of UUIDs), withdrawn people left out."""

trait_words_asked = Signal()
"""How are these traits and their answers worded? Sent with ``study``; an app that asks answers
``{trait: (question, {answer: wording})}``."""

versions_asked = Signal()
"""In which versions has the study been open? Sent with ``study``; an app that keeps versions answers with
their names, oldest first: ``["1 (ab12cd34)"]``."""

names_asked = Signal()
"""What is called how now? Sent with ``study``; an app whose rows are named by keys in files and figures that
stay answers ``{key: name}``: ``{"principle/12": "Care in time"}``, words of people who withdrew left out."""

job_lost = Signal()
"""A job's worker was lost. Sent with ``job`` as it is now, queued again or ended, inside the transaction."""

demo_loading = Signal()
"""The demo study is made. Sent with ``study`` and ``staff`` (role -> user), inside the transaction."""
