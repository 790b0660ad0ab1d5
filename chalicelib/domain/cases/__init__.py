"""The case: what it is (state), what happened (events), and the functions that decide.

A decision is a function from the case, the model, the time and what is asked, to the events that
follow from it (or a Refused). `evolve` folds events into the case. Nothing here knows AWS.
"""
