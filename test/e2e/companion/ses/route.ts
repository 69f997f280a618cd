import type { z } from 'zod';
import type { AwsRequest } from '../handler';
import { SesError } from './ses-error';
import type { SesRegion } from './ses-region';

/** What an operation is answered from. */
interface SesCall<Input> {
  region: SesRegion;
  /** The named parts of the path, decoded. */
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  input: Input;
}

/** An operation of the API: where it is called, and its answer for a call of it. */
interface Route {
  method: string;
  path: string;
  answer(request: AwsRequest, region: SesRegion, path: Readonly<Record<string, string>>): unknown;
}

function parseInput<Input>(schema: z.ZodType<Input>, body: Buffer): Input {
  const result = schema.safeParse(body.length === 0 ? {} : JSON.parse(body.toString()));
  if (result.success) return result.data;
  const [{ path, message } = { path: [], message: '' }] = result.error.issues;
  throw new SesError('BadRequestException', `${path.join('.')}: ${message}`);
}

/**
 * An operation.
 * @param path as the API's model has it, `/v2/email/tags` or with named parts, `/v2/email/templates/{TemplateName}`
 * @param schema of the members that the body has, and that are looked at here
 * @param answer the answer's body, or a promise of it; undefined for `{}`
 */
function route<Input>(
  method: string,
  path: string,
  schema: z.ZodType<Input>,
  answer: (call: SesCall<Input>) => unknown,
): Route {
  return {
    method,
    path,
    answer: ({ body, query }, region, parts) =>
      answer({ region, query, path: parts, input: parseInput(schema, body) }),
  };
}

/** The named parts of a path that fits a route; undefined when it does not. */
function matchPath(route: Route, method: string, path: string): Record<string, string> | undefined {
  const [wanted, found] = [route.path.split('/'), path.split('/')];
  if (route.method !== method || wanted.length !== found.length) return undefined;
  const parts: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const text = decodeURIComponent(found[index] ?? '');
    const [, name] = /^\{(\w+)\}$/.exec(part) ?? [];
    if (name !== undefined) parts[name] = text;
    else if (part !== text) return undefined;
  }
  return parts;
}

export { matchPath, type Route, route };
