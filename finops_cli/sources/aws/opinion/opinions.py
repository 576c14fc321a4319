"""AWS's own second opinions on one account's bill, through the guard and the cache."""

from dataclasses import dataclass

from finops_cli.domain.opinion import Drivers, OwnAnomaly, OwnForecast
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Metric
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.opinion.drivers import own_drivers
from finops_cli.sources.aws.opinion.own_anomalies import own_anomalies
from finops_cli.sources.aws.opinion.own_forecast import own_forecast


@dataclass(frozen=True, slots=True)
class Opinions:
    """What Cost Explorer and Cost Anomaly Detection say; see ``domain.opinion.SecondOpinion``.

    Args:
        reader: The way to AWS and to what is kept.
    """

    reader: Reader

    def forecast(
        self, metric: Metric, months: Period, level: int, filters: tuple[Filter, ...]
    ) -> OwnForecast:
        """Return Cost Explorer's forecast of whole months to come.

        Raises:
            FinopsError: There is none, or AWS did not answer.
        """
        return own_forecast(self.reader, metric, months, level, filters)

    def anomalies(self, period: Period) -> tuple[OwnAnomaly, ...]:
        """Return what Cost Anomaly Detection found, the largest impact first.

        Raises:
            FinopsError: AWS did not answer.
        """
        return own_anomalies(self.reader, period)

    def drivers(
        self, metric: Metric, baseline: Period, comparison: Period, filters: tuple[Filter, ...]
    ) -> Drivers:
        """Return what Cost Explorer holds to be behind a change from month to month.

        Raises:
            FinopsError: AWS did not answer.
        """
        return own_drivers(self.reader, metric, baseline, comparison, filters)
