"""The applications of TWS (3.3.2): the one list of them, by the names of the guide."""

from enum import StrEnum


class Application(StrEnum):
    """In the order of the guide."""

    TOOLKIT_RUNTIME = "TWS Toolkit Runtime"
    OPENCALL = "TWS OpenCall"
    CALLER = "TWS Caller"
    ALERTER = "TWS Alerter"
    STATS = "TWS Stats"
    STATS_ADMIN = "TWS Stats Admin"
    RULES = "TWS Rules"
    MAIL = "TWS Mail"
    RECORDER = "TWS Recorder"
    PORTAL = "TWS Portal"
    AUDIO_CHANNEL = "TWS Audio channel"
    VIDEO_CHANNEL = "TWS Video channel"
    SOFTPHONE = "TWS Softphone"
    VIDEOSHARE = "TWS VideoShare"
    RCC_GATEWAY = "TWS RCC Gateway"
    TOOLKIT = "TWS Toolkit"
    SMART_ATTENDANT = "TWS Smart Attendant"

    @property
    def grantable(self) -> bool:
        """Whether it is granted to people (7.4.1); of the others channels are counted."""
        return self not in (Application.AUDIO_CHANNEL, Application.VIDEO_CHANNEL)
