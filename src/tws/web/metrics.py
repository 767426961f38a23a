"""What Prometheus reads of the web: requests and live connections."""

from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from tws.telemetry import SECONDS, Counted, Distribution, Source


class RequestMetrics:
    """Requests by operation; one label set for each operation id, and one for all that is none."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.requests = Counter(
            "tws_http_requests",
            "HTTP requests answered.",
            ["operation", "status"],
            registry=registry,
        )
        self.seconds = Histogram(
            "tws_http_request_seconds",
            "Time to answer HTTP requests.",
            ["operation"],
            buckets=SECONDS,
            registry=registry,
        )


class LiveMetrics:
    """The live stream as a whole."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.connected = Gauge(
            "tws_live_connections", "Live streams with a connection.", registry=registry
        )
        self.kept = Gauge(
            "tws_live_kept", "Live streams whose connection is lost.", registry=registry
        )
        self.waiting = Gauge(
            "tws_live_waiting", "Live streams that have frames to be sent.", registry=registry
        )
        self.frames = Counter(
            "tws_live_frames", "Changes and moments sent to clients.", registry=registry
        )
        self.snapshots = Counter("tws_live_snapshots", "Live streams started.", registry=registry)
        self.resumed = Counter("tws_live_resumed", "Live streams resumed.", registry=registry)
        self.bytes = Counter(
            "tws_live_bytes", "Bytes of frames sent to clients.", registry=registry
        )
        self.congested = Gauge(
            "tws_live_congested",
            "Live connections that take nothing for the moment: what is new waits here.",
            registry=registry,
        )
        self.told = Distribution()
        registry.register(Counted(self._times))
        self.slow = Counter(
            "tws_live_slow", "Live connections dropped for reading too slowly.", registry=registry
        )

    def _times(self) -> Iterator[Source]:
        yield Source(
            name="tws_live_told_seconds",
            words="From when a PBX reported a step of a call until it was sent to all who see it.",
            times={(): self.told},
        )
