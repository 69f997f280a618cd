/** Comments and texts, which contain no names; quoted and plain names; and the delimiters of clauses. */
const token = /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|[().,;]/gu;

/** Words that end the list of tables after FROM. */
const endOfFrom = new Set(
  'where group having order limit offset fetch union intersect except window qualify select'.split(' '),
);

/** Words that begin a query in place of a table. */
const queries = new Set(['select', 'with', 'values', 'table']);

const isName = (word: string | undefined): word is string => word !== undefined && /^["\p{L}_]/u.test(word);

/** Normalizes a name, as SQL compares it. */
const plain = (name: string) =>
  name.startsWith('"') ? name.slice(1, -1).replaceAll('""', '"').toLowerCase() : name.toLowerCase();

/** Returns the tokens that can be names or delimit names. */
function tokensOf(sql: string): string[] {
  return (sql.match(token) ?? []).filter((found) => !/^(--|\/\*|')/.test(found));
}

/**
 * Returns the tables and views that a query reads by a name without a schema, in lower case. They are the
 * names after FROM, JOIN, TABLE and the commas between them. It can return too many names (`extract(year FROM
 * day)`), but never too few.
 */
function namedTables(sql: string): ReadonlySet<string> {
  const tokens = tokensOf(sql);
  const tables = new Set<string>();
  const isInFrom = [false]; // by the depth of brackets
  for (const [index, found] of tokens.entries()) {
    const depth = isInFrom.length - 1;
    const word = found.toLowerCase();
    if (found === '(') {
      // FROM (a CROSS JOIN b): a bracket in place of a table contains a list of tables, or a query.
      isInFrom.push(startsTable(tokens[index - 1], isInFrom[depth]));
      continue;
    }
    if (found === ')') {
      if (depth > 0) isInFrom.pop();
      continue;
    }
    if (
      isName(found) &&
      !queries.has(word) &&
      tokens[index + 1] !== '.' &&
      startsTable(tokens[index - 1], isInFrom[depth])
    )
      tables.add(plain(found));
    if (word === 'from') isInFrom[depth] = true;
    else if (endOfFrom.has(word)) isInFrom[depth] = false;
  }
  return tables;
}

/** Checks whether a table follows a token. */
function startsTable(before: string | undefined, isInFrom = false): boolean {
  const word = before?.toLowerCase();
  return ['from', 'join', 'table'].includes(word ?? '') || (isInFrom && (word === ',' || word === '('));
}

/** Returns the names in the WITH of a query, in lower case: `name AS (`, `name (columns) AS (`. */
function withTables(sql: string): ReadonlySet<string> {
  const tokens = tokensOf(sql);
  const words = tokens.map((found) => found.toLowerCase());
  return new Set(
    tokens.flatMap((found, index) => {
      if (!isName(found) || !['with', 'recursive', ','].includes(words[index - 1] ?? '')) return [];
      let next = index + 1;
      if (words[next] === '(') next = words.indexOf(')', next) + 1;
      return words[next] === 'as' && words[next + 1] === '(' ? [plain(found)] : [];
    }),
  );
}

export { namedTables, withTables };
