"""Make a report: run the notebook, turn it into a page, check every byte, publish all or nothing."""

from assessment.rendering.report import IssuedReport, issue_report

__all__ = ["IssuedReport", "issue_report"]
