"""How Django's own templates, such as the admin's, write dates (FORMAT_MODULE_PATH); the public site uses cms.formats."""
