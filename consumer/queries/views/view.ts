import type { Dialect } from '../dialects/dialect';

/** A view that both engines have, under the same name and with the same columns. */
interface View {
  /** In snake_case. */
  name: string;
  /** One sentence: what a row is. */
  meaning: string;
  /** The query, which may read the views before it. */
  sql(dialect: Dialect): string;
}

export type { View };
