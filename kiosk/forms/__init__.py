"""The form engine: ODK XForms compiled to closures, one session per form being filled."""

from kiosk.forms.form import Form as Form
from kiosk.forms.form import load_form as load_form
from kiosk.forms.session import Session as Session
