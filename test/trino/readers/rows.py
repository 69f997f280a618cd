"""Prints rows as JSON lines, with values as in Trino's JSON."""

import base64
import datetime
import json


def plain(value):
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value


def print_rows(names, rows):
    for row in rows:
        values = dict(zip(names, map(plain, row)))
        if "places" in values:  # a map, which some readers return as pairs
            values["places"] = dict(values["places"])
        print(json.dumps(values))
