/** The definition of an applied view. */
interface ViewDefinition {
  originalSql: string;
  catalog: string;
  schema: string;
  columns: { name: string; type: string }[];
}

/**
 * Decodes the definition in the text of a view.
 * @throws {SyntaxError} when there is none
 */
function viewDefinition({ view_original_text: text }: Readonly<Record<string, unknown>>): ViewDefinition {
  const [, encoded = ''] = /^\/\* Presto View: (\S+) \*\/$/.exec(String(text)) ?? [];
  return JSON.parse(Buffer.from(encoded, 'base64').toString());
}

export { viewDefinition };
