"""Any gateway that takes text messages over HTTP."""
