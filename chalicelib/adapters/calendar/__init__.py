"""Calendars of countries, as data that is shipped: no holiday library is loaded at run time."""
