"""Pictures of services, as SVG text: pure functions of values, for pages and the command line."""
