"""都道府県 and 市区町村: reference data that nobody edits in the portal."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models

from .querysets import MunicipalityQuerySet, PrefectureQuerySet


class Prefecture(models.Model):
    """One of the 47, under its JIS X 0401 code."""

    code = models.CharField(
        "都道府県コード", max_length=2, primary_key=True, validators=[RegexValidator(r"^\d{2}$")]
    )
    name = models.CharField("名称", max_length=4, unique=True)
    kana = models.CharField("よみ", max_length=8)
    region = models.CharField("地方", max_length=8)
    local_government_code = models.CharField("団体コード", max_length=6, unique=True)
    corporate_number = models.CharField("法人番号", max_length=13, unique=True)
    corporate_number_confirmed = models.BooleanField(
        "法人番号を確認済み",
        default=False,
        help_text="国税庁の公表サイトで確認した番号に印を付けます。印のない番号は、団体コードから計算したものです。",
    )

    objects = PrefectureQuerySet.as_manager()

    class Meta:
        verbose_name = "都道府県"
        verbose_name_plural = "都道府県"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        """青森 of 青森県; 北海道 stays whole, because 道 is part of its name."""
        return self.name if self.name == "北海道" else self.name[:-1]

    @property
    def suffix(self) -> str:
        """都, 府 or 県; empty for 北海道."""
        return self.name[len(self.short_name) :]


class Municipality(models.Model):
    """A 市区町村 that the portal has met, under its six-digit 団体コード."""

    code = models.CharField(
        "団体コード", max_length=6, primary_key=True, validators=[RegexValidator(r"^\d{6}$")]
    )
    prefecture = models.ForeignKey(
        Prefecture, on_delete=models.PROTECT, related_name="municipalities", verbose_name="都道府県"
    )
    name = models.CharField("名称", max_length=20)
    kana = models.CharField("よみ", max_length=40)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "市区町村"
        verbose_name_plural = "市区町村"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name
