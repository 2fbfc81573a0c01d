from django.db import models

from nenep.facts.measures import MEASURES
from nenep.organizations.models import Body


class Measured(models.Model):
    """One column for each measure. The columns are made from the list, so the list and the table cannot differ."""

    class Meta:
        abstract = True

    def measures(self) -> dict[str, int]:
        return {name: getattr(self, name) for name in MEASURES}


for _name, _words in MEASURES.items():
    Measured.add_to_class(_name, models.IntegerField(_words, default=0))


class BranchMonth(Measured):
    """A branch's month, stamped with the bodies that it counts for (see `tree`)."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="months", db_index=False)
    month = models.DateField("tháng")
    grassroots = models.IntegerField("tổ chức cơ sở đảng", null=True)
    committee = models.IntegerField("cấp trên trực tiếp của cơ sở", null=True)
    province = models.IntegerField("tỉnh", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "month"], name="branchmonth_is_one_row")]
        indexes = [
            models.Index(fields=["grassroots", "month"], name="branchmonth_by_grassroots"),
            models.Index(fields=["month"], name="branchmonth_by_month"),
        ]


class NodeMonth(Measured):
    """Sums of a body above the branches. `branches` is the number of branch rows that went in."""

    node = models.ForeignKey(Body, models.PROTECT, related_name="%(class)ss", db_index=False)
    month = models.DateField("tháng")
    branches = models.IntegerField("số chi bộ có số liệu", default=0)

    class Meta:
        abstract = True


class NodeMonthWas(NodeMonth):
    """As-was: a branch's month counts for whoever stood above it at the end of that month."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "month"], name="nodemonthwas_is_one_row")]


class NodeMonthNow(NodeMonth):
    """As-now: the whole history of the branches that stand below the body today; of ended ones nothing."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["node", "month"], name="nodemonthnow_is_one_row")]


class Dirty(models.Model):
    """A month of a branch, of a body above or (without a body) of all, that is to be summed upward again."""

    body = models.ForeignKey(
        Body, models.CASCADE, related_name="+", null=True, db_constraint=False, db_index=False
    )
    month = models.DateField()


class TreeFollowed(models.Model):
    """One row: up to which change of the tree, and for which day, the sums hold."""

    last_change = models.BigIntegerField()
    day = models.DateField()
