/** What Athena reads in an applied view. */
interface ViewDefinition {
  originalSql: string;
  catalog: string;
  schema: string;
  columns: { name: string; type: string }[];
}

/**
 * The definition in the text of a view, as Athena decodes it.
 * @throws {SyntaxError} when there is none
 */
function viewDefinition({ view_original_text: text }: Readonly<Record<string, unknown>>): ViewDefinition {
  const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(String(text)) ?? [];
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

export { viewDefinition };
