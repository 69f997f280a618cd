/** The resources of the catalog with separate test files, by their address. */
const isSavedQuery = (address: string) => address.startsWith('aws_athena_named_query.');
const isTable = (address: string) =>
  /^aws_glue_catalog_table\.catalog_(event_lines|error_lines)$/.test(address);
const isArchive = (address: string) => /\.catalog_archive(_|$)/.test(address);

export { isArchive, isSavedQuery, isTable };
