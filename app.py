"""The Chalice application: it only puts the blueprints together."""

from chalice import Chalice

from chalicelib.handlers import engine, issuing, reconcile, signin, stream

app = Chalice(app_name="zagora")
for blueprint in (engine.bp, issuing.bp, stream.bp, reconcile.bp, signin.bp):
    app.register_blueprint(blueprint)
