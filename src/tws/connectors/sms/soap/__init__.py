"""Gateways that are asked by SOAP."""
