import { join } from 'node:path';
import ts from 'typescript-api';

/**
 * Returns the docstrings that an editor shows for the names at the ends of lines.
 * @param folder folder of the project
 * @param lines lines of a program; it is not written to the disk
 */
function docstringsAtEnds(folder: string, lines: readonly string[]): string[] {
  const program = join(folder, 'quick-info.ts');
  const text = lines.join('\n');
  const { config } = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
  const { directoryExists, getDirectories, realpath, useCaseSensitiveFileNames } = ts.sys;
  const read = (path: string) => (path === program ? text : ts.sys.readFile(path));
  const service = ts.createLanguageService({
    directoryExists,
    fileExists: (path) => path === program || ts.sys.fileExists(path),
    getCompilationSettings: () => options,
    getCurrentDirectory: () => folder,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    getDirectories,
    getScriptFileNames: () => [program],
    getScriptSnapshot: (path) => {
      const content = read(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getScriptVersion: () => '1',
    readFile: read,
    ...(realpath && { realpath }),
    useCaseSensitiveFileNames: () => useCaseSensitiveFileNames,
  });
  const faults = service.getSemanticDiagnostics(program);
  if (faults.length > 0) throw new Error(ts.formatDiagnostics(faults, ts.createCompilerHost(options)));
  let end = -1;
  return lines.map((line) => {
    end += line.length + 1;
    return ts.displayPartsToString(service.getQuickInfoAtPosition(program, end - 1)?.documentation);
  });
}

export { docstringsAtEnds };
