"""The Chalice application: it only puts the blueprints together."""

from chalice import Chalice

from chalicelib.handlers import (
    acts,
    api,
    applying,
    callbacks,
    cases,
    clock,
    engine,
    issuing,
    office,
    portal,
    reconcile,
    signin,
    staff,
    stream,
    verify,
)

app = Chalice(app_name="zagora")
for blueprint in (
    engine.bp,
    issuing.bp,
    stream.bp,
    reconcile.bp,
    signin.bp,
    portal.bp,
    cases.bp,
    verify.bp,
    office.bp,
    acts.bp,
    applying.bp,
    clock.bp,
    staff.bp,
    callbacks.bp,
    *api.BLUEPRINTS,
):
    app.register_blueprint(blueprint)
