import { blockOfKind, type Column, fieldColumns } from '../store/columns';

/** The places of a kind's columns in its records: a tree of keys with columns at its leaves. */
interface PlanNode {
  children: ReadonlyMap<string, PlanNode | number>;
}

/** The conversion of records of one kind to rows. */
interface Plan {
  root: PlanNode;
  /** The objects that every record of the kind has. Their presence need not be stored. */
  present: readonly string[];
  /** For each column that is a copy: its index and the path of the original. */
  copies: readonly (readonly [column: number, path: readonly string[]])[];
  /** The path of each column's value; undefined for a column that the kind does not have. */
  paths: readonly (readonly string[] | undefined)[];
}

/** The path of a column in records of a kind, given the kind's block. */
function pathOf(column: Column, block: string | undefined): readonly string[] | undefined {
  const paths = column.paths.map((path) => path.split('.'));
  return paths.find(([first]) => first === 'mail' || (block !== undefined && first === block));
}

function insert(
  node: Map<string, PlanNode | number>,
  [key = '', ...rest]: readonly string[],
  column: number,
): void {
  if (rest.length === 0) {
    node.set(key, column);
    return;
  }
  const child = node.get(key) ?? { children: new Map() };
  if (typeof child === 'number')
    throw new Error(`the columns ${fieldColumns[child]?.name} and ${column} overlap`);
  node.set(key, child);
  insert(child.children as Map<string, PlanNode | number>, rest, column); // created only here
}

function createPlan(kind: string): Plan {
  const block = blockOfKind[kind];
  const paths = fieldColumns.map((column) => pathOf(column, block));
  const children = new Map<string, PlanNode | number>();
  paths.forEach((path, column) => {
    if (path !== undefined) insert(children, path, column);
  });
  const copies = fieldColumns.flatMap(({ copiedFrom }, column) =>
    block !== undefined && copiedFrom !== undefined && paths[column] === undefined
      ? [[column, copiedFrom] as const]
      : [],
  );
  return { root: { children }, present: block === undefined ? [] : ['mail', block], copies, paths };
}

const plans = new Map<string, Plan>();

/** Returns the plan of a kind. `Unknown` kinds have the columns of the mail block only, and no copies. */
function planOf(kind: string): Plan {
  const plan = plans.get(kind) ?? createPlan(kind);
  plans.set(kind, plan);
  return plan;
}

export { type PlanNode, planOf };
