"""The form engine: ODK XForms, compiled. Standard library and kiosk.domain only."""

from kiosk.forms.form import Form, load_form
from kiosk.forms.questions import Choice, Problem, QuestionState
from kiosk.forms.screens import RepeatView, Screen
from kiosk.forms.session import Session

__all__ = ["Choice", "Form", "Problem", "QuestionState", "RepeatView", "Screen", "Session", "load_form"]
