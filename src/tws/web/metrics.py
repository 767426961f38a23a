"""What Prometheus reads of the web: requests and live connections."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


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
        self.slow = Counter(
            "tws_live_slow", "Live connections dropped for reading too slowly.", registry=registry
        )
