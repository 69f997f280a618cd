"""Prints the rows of an Iceberg table as JSON lines, read by DuckDB.

Arguments: the location of the table's metadata. The working folder has a link "local:" to itself, so that the locations
of Trino's local file system, local:///..., are paths.
"""

import importlib.util
import pathlib
import sys

import duckdb
from rows import print_rows

connection = duckdb.connect()
# Nothing is downloaded. The packages only contain the files of the extensions, so their code is not run, and DuckDB checks
# its makers' signature when it loads a file.
connection.execute("SET autoinstall_known_extensions = false")
for name in ("avro", "iceberg"):
    package = importlib.util.find_spec(f"duckdb_extension_{name}")
    folder = pathlib.Path(package.submodule_search_locations[0])
    connection.load_extension(str(next(folder.glob(f"extensions/*/{name}.duckdb_extension"))))
result = connection.execute("SELECT * FROM iceberg_scan(?)", [sys.argv[1]])
print_rows([column[0] for column in result.description], result.fetchall())
