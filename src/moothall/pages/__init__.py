"""What people see: one folder a part of the site, each with its addresses, views and pages."""
