import type { z } from 'zod';
import type { AwsRequest } from '../handler';
import { SesError } from './ses-error';
import type { SesRegion } from './ses-region';

/** The input of an operation. */
interface SesCall<Input> {
  region: SesRegion;
  /** The decoded parameters of the path. */
  path: Readonly<Record<string, string>>;
  query: URLSearchParams;
  input: Input;
}

/** An operation of the API: its method, its path and its handler. */
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
 * Creates an operation.
 * @param path path in the API, with or without parameters: `/v2/email/tags`, `/v2/email/templates/{TemplateName}`
 * @param schema schema of the supported members of the body
 * @param answer returns the body of the response, or a promise of it; undefined for `{}`
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

/** Returns the parameters of a path that matches a route. Undefined if it does not match. */
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
