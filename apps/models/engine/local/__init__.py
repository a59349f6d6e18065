"""Models in a folder, by transformers, in a process of their own that talks in lines of JSON.

This side never loads torch: ``client`` starts the process, ``__main__`` is the process, ``generation`` and
``likelihood`` are what it does. A fork of a process in which torch has run hangs, so it is started anew.
"""
