"""Số đo: what Prometheus reads of a process; counted here, shown by whoever knows the features.

Labels are bounded: endpoints of the program, methods of HTTP, classes of answers. With several processes each counts
for itself, unless PROMETHEUS_MULTIPROC_DIR names a folder through which they answer for each other.
"""

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Histogram,
    ProcessCollector,
    disable_created_metrics,
    generate_latest,
)
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.metrics_core import GaugeMetricFamily
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from pledges.core.watching.watch import Watch

# A series more for each that counts, which nobody asks for.
disable_created_metrics()  # type: ignore[no-untyped-call]

CONTENT_TYPE = CONTENT_TYPE_LATEST
SHARED = "PROMETHEUS_MULTIPROC_DIR"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "PATCH", "DELETE"})
OTHER = "OTHER"

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_WAITS = (0.001, 0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10)
_COUNTS = (0, 1, 2, 5, 10, 20, 30, 50, 100)

_own = CollectorRegistry(auto_describe=True)
if SHARED not in os.environ:
    ProcessCollector(namespace="pledges", registry=_own)
_requests = Counter("pledges_requests", "Answers.", ("endpoint", "method", "status"), registry=_own)
_seconds = Histogram(
    "pledges_request_seconds", "Time to the last byte.", ("endpoint",), registry=_own, buckets=_SECONDS
)
_queries = Histogram("pledges_request_queries", "Statements of a request.", registry=_own, buckets=_COUNTS)
_query_seconds = Counter("pledges_query_seconds", "Time within statements.", registry=_own)
_slow = Counter("pledges_slow_queries", "Statements over SLOW_QUERY_MS.", registry=_own)
_waits = Histogram(
    "pledges_writer_wait_seconds", "Time until a transaction may write.", registry=_own, buckets=_WAITS
)
_errors = Counter("pledges_errors", "Faults and troubles, each with its page.", registry=_own)
_lost = Counter("pledges_log_lines_lost", "Lines that could not be written.", registry=_own)

_counted: dict[tuple[str, str, int], Counter] = {}
_timed: dict[str, Histogram] = {}

writer_waited = _waits.observe
"""Note how long a transaction waited for its turn, in seconds."""
statement_was_slow = _slow.inc
error_noted = _errors.inc
line_lost = _lost.inc


def plain_method(method: str) -> str:
    """The method, or one word for whatever else a client makes up."""
    return method if method in METHODS else OTHER


def answered(watch: Watch, seconds: float) -> None:
    """Count a request that has been answered."""
    key = (watch.endpoint, watch.method, watch.status // 100)
    counter = _counted.get(key)
    if counter is None:
        counter = _counted[key] = _requests.labels(watch.endpoint, watch.method, f"{key[2]}xx")
        _timed[watch.endpoint] = _seconds.labels(watch.endpoint)
    counter.inc()
    _timed[watch.endpoint].observe(seconds)
    _queries.observe(watch.queries)
    _query_seconds.inc(watch.query_seconds)


@dataclass(frozen=True)
class Gauge:
    """Một số đo đọc lúc hỏi: read when it is asked for, the same from every process."""

    name: str
    words: str
    value: float
    labels: Mapping[str, str] = field(default_factory=dict)


class _Read(Collector):
    def __init__(self, gauges: Iterable[Gauge]) -> None:
        self.families: dict[str, GaugeMetricFamily] = {}
        for one in gauges:
            family = self.families.get(one.name)
            if family is None:
                family = GaugeMetricFamily(one.name, one.words, labels=tuple(one.labels))
                self.families[one.name] = family
            family.add_metric(tuple(one.labels.values()), one.value)

    def collect(self) -> Iterable[GaugeMetricFamily]:
        return self.families.values()


def exposed(gauges: Iterable[Gauge]) -> bytes:
    """Everything that is counted, and these."""
    counted = _own
    if SHARED in os.environ:
        counted = CollectorRegistry()
        MultiProcessCollector(counted)  # type: ignore[no-untyped-call]
    read = CollectorRegistry()
    read.register(_Read(gauges))
    return generate_latest(counted) + generate_latest(read)
