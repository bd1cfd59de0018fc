"""How Django's own templates, such as the admin's, write dates; the public site uses cms.formats."""
