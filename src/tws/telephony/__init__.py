"""Calls: one vocabulary (ECMA-269) whatever the PBX; the call table, the devices, the links."""
