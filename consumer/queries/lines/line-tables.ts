/** The tables of text lines in the catalog. */
const lineTables = { events: 'event_lines', errors: 'error_lines' } as const;

export { lineTables };
