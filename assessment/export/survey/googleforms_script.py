"""Write an Apps Script that builds the Google Form, for people without access to its interface; one language."""

import json
from typing import Any

from assessment.export.survey.form import Form
from assessment.export.survey.googleforms import requests
from assessment.export.survey.parts import Part

SCRIPT = """\
/* Open script.google.com, paste this into a new project, run createSurvey, and read the address in the log. */
const TITLE = %s;
const REQUESTS = %s;

function createSurvey() {
  const form = FormApp.create(TITLE);
  REQUESTS.forEach(function (request) {
    if (request.updateFormInfo) {
      form.setDescription(request.updateFormInfo.info.description);
    } else {
      addItem(form, request.createItem.item);
    }
  });
  Logger.log(form.getEditUrl());
  return form;
}

function addItem(form, item) {
  const made = newItem(form, item).setTitle(item.title);
  if (item.description) {
    made.setHelpText(item.description);
  }
}

function newItem(form, item) {
  if (item.pageBreakItem) {
    return form.addPageBreakItem();
  }
  if (item.textItem) {
    return form.addSectionHeaderItem();
  }
  if (item.questionGroupItem) {
    const group = item.questionGroupItem;
    const rows = group.questions.map(function (question) { return question.rowQuestion.title; });
    return form.addGridItem().setRows(rows).setColumns(valuesOf(group.grid.columns));
  }
  const question = item.questionItem.question;
  if (question.choiceQuestion) {
    const choice = form.addMultipleChoiceItem().setChoiceValues(valuesOf(question.choiceQuestion));
    return choice.setRequired(question.required);
  }
  return form.addParagraphTextItem();
}

function valuesOf(question) {
  return question.options.map(function (option) { return option.value; });
}
"""


def googleforms_script(form: Form) -> tuple[Part, ...]:
    """Give the script; the texts stand in it as data only."""
    title, listed = _literal(form.title[form.language]), _literal(list(requests(form)))
    return (Part("", (SCRIPT % (title, listed)).encode()),)


def _literal(data: Any) -> str:  # noqa: ANN401 - whatever JSON holds
    """Give JSON in ASCII, which is a JavaScript literal; markup cannot close a script element around it."""
    return json.dumps(data, ensure_ascii=True, allow_nan=False).replace("<", "\\u003c")
