"""Prints the rows of an Iceberg table as JSON lines, read by PyIceberg.

Arguments: the location of the table's metadata. The locations of Trino's local file system, local:///..., are in the
working folder.
"""

import os
import sys
from urllib.parse import urlparse

from pyiceberg.io.pyarrow import PyArrowFileIO
from pyiceberg.table import StaticTable
from rows import print_rows


class LocalFiles(PyArrowFileIO):
    """The files of Trino's local file system."""

    @staticmethod
    def parse_location(location, properties=None):
        return "file", "", os.getcwd() + urlparse(location).path


table = StaticTable.from_metadata(sys.argv[1], {"py-io-impl": "__main__.LocalFiles"}).scan().to_arrow()
columns = [column.to_pylist() for column in table.columns]
print_rows(table.column_names, zip(*columns))
