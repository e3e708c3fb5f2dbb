"""List the formats by tool, with what to do with the file there."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from assessment.export.survey.form import Form
from assessment.export.survey.formbricks import formbricks
from assessment.export.survey.googleforms import googleforms
from assessment.export.survey.googleforms_script import googleforms_script
from assessment.export.survey.limesurvey import limesurvey
from assessment.export.survey.msforms import msforms
from assessment.export.survey.paper import paper
from assessment.export.survey.parts import Part
from assessment.export.survey.qualtrics import qualtrics
from assessment.export.survey.surveyjs import surveyjs
from assessment.export.survey.xlsform import xlsform


@dataclass(frozen=True)
class Tool:
    """One format.

    Parameters
    ----------
    ending
        Of the file's name.
    languages
        Whether the file holds all languages or one.
    chooses_by_role
        Whether a role sees only the items that it is asked; else answers to others are left out at import.
    evidence
        How the format is known: the tool's own library accepts it ("run"), its source was read ("source"), or its
        documentation and other people's files ("documentation").
    next_step
        What to do with the file in the tool.
    """

    title: str
    write: Callable[[Form], tuple[Part, ...]]
    ending: str
    languages: Literal["all", "one"]
    chooses_by_role: bool
    evidence: Literal["run", "source", "documentation"]
    next_step: str


TOOLS: Mapping[str, Tool] = {
    "limesurvey": Tool(
        title="LimeSurvey",
        write=limesurvey,
        ending=".txt",
        languages="all",
        chooses_by_role=True,
        evidence="source",
        next_step="Create survey > Import. Later export responses with question codes and answer codes.",
    ),
    "xlsform": Tool(
        title="KoboToolbox or ODK",
        write=xlsform,
        ending=".xlsx",
        languages="all",
        chooses_by_role=True,
        evidence="run",
        next_step="New > Upload an XLSForm. Later download data as CSV with 'XML values and headers'.",
    ),
    "surveyjs": Tool(
        title="SurveyJS",
        write=surveyjs,
        ending=".json",
        languages="all",
        chooses_by_role=True,
        evidence="run",
        next_step="Give the JSON to the form library or to the Creator's JSON editor. Later save the results as JSON.",
    ),
    "googleforms": Tool(
        title="Google Forms, by its interface",
        write=googleforms,
        ending=".json",
        languages="one",
        chooses_by_role=False,
        evidence="documentation",
        next_step="Call forms.create with the file that ends in -create.json, then forms.batchUpdate with the other.",
    ),
    "googleforms-script": Tool(
        title="Google Forms, by Apps Script",
        write=googleforms_script,
        ending=".gs",
        languages="one",
        chooses_by_role=False,
        evidence="documentation",
        next_step="Paste the script into a new project at script.google.com and run createSurvey.",
    ),
    "qualtrics": Tool(
        title="Qualtrics",
        write=qualtrics,
        ending=".txt",
        languages="one",
        chooses_by_role=False,
        evidence="documentation",
        next_step="Survey > Tools > Import/Export > Import survey. Later export data with 'Use choice text'.",
    ),
    "formbricks": Tool(
        title="Formbricks",
        write=formbricks,
        ending=".json",
        languages="all",
        chooses_by_role=False,
        evidence="source",
        next_step="Add the languages to the project first, then import the survey, or send the JSON to its interface.",
    ),
    "msforms": Tool(
        title="Microsoft Forms",
        write=msforms,
        ending=".docx",
        languages="one",
        chooses_by_role=False,
        evidence="documentation",
        next_step="New > Quick import, choose the document; then go through the check list.",
    ),
    "paper": Tool(
        title="Paper",
        write=paper,
        ending=".html",
        languages="one",
        chooses_by_role=False,
        evidence="run",
        next_step="Open the page in a browser and print it. Enter the answers in the workbook and import it.",
    ),
}
