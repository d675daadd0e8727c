"""XPath 1.0 with the functions of XForms and ODK: text → syntax tree → closures."""
