import type { z } from 'zod';
import type { OpenedSource } from '../source/opened-source';

/** The arguments of a tool, by name. */
type Shape = Readonly<Record<string, z.ZodType>>;

/** The values of arguments, as their schemas return them. */
type Arguments<Input extends Shape> = { [Name in keyof Input]: z.output<Input[Name]> };

/** A tool of the server, as a description for an assistant and a function. */
interface Tool<Input extends Shape = Shape> {
  name: string;
  title: string;
  description: string;
  input: Input;
  output: Shape;
  /**
   * Answers a request.
   * @param source opens the source for this request
   * @throws {QueryError} when it cannot be answered
   */
  run(args: Arguments<Input>, source: SourceOpener): Promise<object>;
}

/** Opens the source of the server, and closes it after the work. */
type SourceOpener = <Result>(work: (source: OpenedSource) => Promise<Result>) => Promise<Result>;

/** Describes a tool, with the types of its arguments. */
function defineTool<Input extends Shape>(tool: Tool<Input>): Tool {
  return tool as unknown as Tool; // the server checks the arguments with the schemas of `input`
}

export { defineTool, type Tool };
