/** The file's format: what DuckDB 1.4 and later read. It compresses long texts better than the default one. */
const storageVersion = 'v1.4.0';

/**
 * Rows that are compressed together, half of DuckDB's default: a row is a kilobyte, and those that wait to be
 * compressed take the most of the memory.
 */
const rowGroupSize = 61_440;

/** Options of ATTACH for a file that is to be made, and for one that is written on. */
const newFile = `(STORAGE_VERSION '${storageVersion}', ROW_GROUP_SIZE ${rowGroupSize})`;
const writtenFile = `(ROW_GROUP_SIZE ${rowGroupSize})`;

export { newFile, writtenFile };
