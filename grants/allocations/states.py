from django.db import models


class SurveyKind(models.TextChoices):
    """What the Cabinet Office asks before applications: the values are kinds of filing."""

    NEEDS = "needs", "所要額調査"
    CONSULTATION = "consultation", "協議"
