"""Write what goes out around a survey: notice, invitation, reminders, thanks, notes, and a picture of the link."""

from assessment.export.kit.kit import ADMINISTRATORS, kit

__all__ = ["ADMINISTRATORS", "kit"]
