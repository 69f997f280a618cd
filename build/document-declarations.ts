import ts from 'typescript-api';
import { docstringOf, documentedFields, type Field, fieldsOf } from './field-docstrings';
import { type Insertion, insertLines } from './insert-lines';

/** A declaration file and its map, as the compiler writes them. */
interface Declarations {
  /** The path of the source. */
  source: string;
  text: string;
  map: string;
}

/** Returns the docstring of a field as lines to insert above it, with the indentation of the field. */
function insertionFor(file: ts.SourceFile, { written, source }: Field): Insertion[] {
  const docstring = docstringOf(source);
  if (docstring === undefined || docstringOf(written) !== undefined) return [];
  const { line, character } = file.getLineAndCharacterOfPosition(written.getStart(file));
  const indentation = file.text.slice(file.getPositionOfLineAndCharacter(line, 0)).slice(0, character);
  if (indentation.trim() !== '')
    throw new Error(
      `${file.fileName}:${line + 1}: the field ${written.name.getText(file)} is not first on its line`,
    );
  const lines = docstring
    .split(/\n\s*/)
    .map((text, index) => `${indentation}${index === 0 ? '' : ' '}${text}`);
  return [{ above: line, lines }];
}

/**
 * Writes the docstrings of fields from the sources into declaration files. The compiler omits them in inferred
 * types such as those of the schemas, and an editor would show none.
 *
 * @param program a program with the sources
 * @throws {Error} when a docstring of the sources would be in no declaration
 */
function documentDeclarations(program: ts.Program, files: readonly Declarations[]): Declarations[] {
  const checker = program.getTypeChecker();
  const missing = new Set<ts.Declaration>();
  const sources = files.map(({ source }) => {
    const parsed = program.getSourceFile(source);
    if (parsed === undefined) throw new Error(`${source} is not in the program`);
    for (const field of documentedFields(parsed)) missing.add(field);
    return parsed;
  });
  const documented = files.map(({ source, text, map }, index): Declarations => {
    const parsed = sources[index] as ts.SourceFile; // one for each file
    const written = ts.createSourceFile(source.replace(/ts$/, 'd.ts'), text, ts.ScriptTarget.ES2023, true);
    const insertions = fieldsOf(checker, parsed, written).flatMap((field) => {
      missing.delete(field.source);
      return insertionFor(written, field);
    });
    const { mappings, ...rest } = JSON.parse(map) as { mappings: string }; // the compiler wrote it
    const inserted = insertLines({ lines: text.split('\n'), mappings: mappings.split(';') }, insertions);
    return {
      source,
      text: inserted.lines.join('\n'),
      map: JSON.stringify({ ...rest, mappings: inserted.mappings.join(';') }),
    };
  });
  const faults = [...missing].map((field) => {
    const file = field.getSourceFile();
    const { line } = file.getLineAndCharacterOfPosition(field.getStart());
    return `${file.fileName}:${line + 1}: the docstring is in no declaration`;
  });
  if (faults.length > 0) throw new Error(faults.join('\n'));
  return documented;
}

export { documentDeclarations };
