"""The machine interface, /api/v1: each module has the blueprint of one subject."""

from chalicelib.handlers.api import cases, descriptions, documents, office, services, staff

BLUEPRINTS = (services.bp, cases.bp, documents.bp, office.bp, staff.bp, descriptions.bp)
