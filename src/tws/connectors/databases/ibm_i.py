"""The ODBC driver for AS/400, by its names on Windows and here. Pure."""

IBM_I = "IBM i Access ODBC Driver"


def is_of_ibm_i(driver: str) -> bool:
    name = driver.casefold()
    return any(known in name for known in ("client access", "iseries", "ibm i access"))
