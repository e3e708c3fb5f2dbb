"""The questionnaire as one HTML file that needs no server and hands over a small answer file."""

from assessment.export.form.page import form_page

__all__ = ["form_page"]
