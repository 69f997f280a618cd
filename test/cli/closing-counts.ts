/** The counts of the closing line. */
interface ClosingCounts {
  records: number;
  events: number;
  rejected: number;
  skipped: number;
  unexamined: number;
  objects: number;
}

const closingLine =
  /^read (?<records>[\d,]+) records?: (?<events>[\d,]+) events?, (?<rejected>[\d,]+) rejected, (?<skipped>[\d,]+) skipped(?:, (?<unexamined>[\d,]+) not examined)?; (?<objects>[\d,]+) objects?[^;]*; [\d.]+ [KMGT]?i?B read, [\d.]+ [KMGT]?i?B uncompressed; [\d.]+ s(?: \([\d,]+\/s\))?(?:; add --allow-rejects for exit code 0 instead of 3)?$/;

/**
 * Returns the counts of the closing line, which must be the last line and must have a correct sum.
 *
 * @throws {Error} when there is no such line
 */
function closingCounts(stderr: string): ClosingCounts {
  const line = stderr.trimEnd().split('\n').at(-1) ?? '';
  const groups = closingLine.exec(line)?.groups;
  if (groups === undefined) throw new Error(`the last line is not a closing line: ${stderr}`);
  const count = (name: string) => Number((groups[name] ?? '0').replaceAll(',', ''));
  const [records, events, rejected, skipped] = [
    count('records'),
    count('events'),
    count('rejected'),
    count('skipped'),
  ];
  const unexamined = count('unexamined');
  expect(records).toBe(events + rejected + skipped + unexamined);
  return { records, events, rejected, skipped, unexamined, objects: count('objects') };
}

export { type ClosingCounts, closingCounts };
