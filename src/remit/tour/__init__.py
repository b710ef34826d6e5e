"""Room: the tour of what the seeds demand, and what is shown so far.

`seeds.yaml` is the registry (our claims), `tests.json` the evidence (which test proves which demand, written
by `scripts/seed_tests.py`), and `queries.py` judges the one by the other. It has no model and no action.
"""
