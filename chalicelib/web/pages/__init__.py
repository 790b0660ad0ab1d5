"""View models: what each page shows. Texts of services are in the page's language already;
dates, money and terms are values, which the templates format."""
