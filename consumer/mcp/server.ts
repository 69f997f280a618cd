import type { Readable, Writable } from 'node:stream';
import { setImmediate, setTimeout } from 'node:timers/promises';
import { ArchiveError } from '../archive/store/archive-error';
import { QueryError } from '../queries/engines/engine';
import { maskText } from './masking/masker';
import { notice, type ToolResult, toolError, toolResult } from './results/tool-result';
import { type ServedSource, withOpenSource } from './source/opened-source';
import { ask } from './tools/ask';
import { describeViews } from './tools/describe-views';
import { findMessages } from './tools/find-messages';
import { listQuestions } from './tools/list-questions';
import { query } from './tools/query';
import type { Tool } from './tools/tool';
import { trace } from './tools/trace';

const tools: readonly Tool[] = [listQuestions, ask, findMessages, trace, query, describeViews];

/** What an assistant reads when it connects. */
const instructions = [
  'Answers questions about email that Amazon SES sent, from an archive of its events. Nothing can be changed.',
  'Prefer ask: its questions count as SES counts. Use query only where no question fits.',
  notice,
].join(' ');

/** A server's surroundings. */
interface ServerOptions {
  source: ServedSource;
  version: string;
  stdin: Readable;
  stdout: Writable;
  /** Writes a line to the log: an error of this package, without data of events. */
  log(line: string): void;
  /** Stops the server. */
  signal: AbortSignal;
}

/** Loads the protocol. Not at the start: it takes a third of a second. */
function loadProtocol() {
  // With `require`, so that it shares its zod with the schemas of this package.
  const {
    McpServer,
  }: typeof import('@modelcontextprotocol/sdk/server/mcp.js') = require('@modelcontextprotocol/sdk/server/mcp.js');
  const {
    StdioServerTransport,
  }: typeof import('@modelcontextprotocol/sdk/server/stdio.js') = require('@modelcontextprotocol/sdk/server/stdio.js');
  return { McpServer, StdioServerTransport };
}

/** Returns the text of an error for an assistant. The message of an error of another kind can contain anything. */
function errorText(error: unknown, log: ServerOptions['log']): string {
  if (error instanceof QueryError || error instanceof ArchiveError) return error.message;
  const { name, stack = '' } = error instanceof Error ? error : new Error();
  log(
    `${name}\n${stack
      .split('\n')
      .filter((line) => /^\s+at /.test(line))
      .join('\n')}`,
  );
  return `the request failed (${name}): see the standard error of the server`;
}

/** Runs tasks one after the other, because each can use a quarter of the memory. */
function oneByOne() {
  let last: Promise<unknown> = Promise.resolve();
  return <Result>(task: () => Promise<Result>): Promise<Result> => {
    const result = last.then(task);
    last = result.catch(() => {}); // the caller has it
    return result;
  };
}

/** Answers requests, and knows those that are running. */
class Requests {
  private readonly running = new Set<Promise<ToolResult>>();
  private readonly ended = new AbortController();
  private readonly inTurn = oneByOne();

  constructor(private readonly options: Pick<ServerOptions, 'source' | 'log'>) {}

  /** Runs a tool. An error is a result too. */
  answer(tool: Tool, args: Record<string, unknown>, stopped: AbortSignal): Promise<ToolResult> {
    const answering = this.run(tool, args, AbortSignal.any([stopped, this.ended.signal]));
    this.running.add(answering);
    return answering.finally(() => this.running.delete(answering));
  }

  /** Waits for the running requests, and until their results are written. */
  async settled(): Promise<void> {
    await setImmediate(); // the last line of the input may be a request
    await Promise.all(this.running);
    await setImmediate();
  }

  /** Interrupts the running requests. Each closes its source. */
  async interrupt(): Promise<void> {
    this.ended.abort();
    await this.settled();
  }

  private async run(tool: Tool, args: Record<string, unknown>, stop: AbortSignal): Promise<ToolResult> {
    const { source, log } = this.options;
    try {
      return toolResult(
        await tool.run(args, (work) => this.inTurn(() => withOpenSource(source, stop, work))),
      );
    } catch (error) {
      const message = errorText(error, log);
      return toolError(source.withPersonalData ? message : maskText(message));
    }
  }
}

/** Resolves when a signal is aborted. */
function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

/** Milliseconds after the end of the input for which running requests can continue: their client may be gone. */
const grace = 5_000;

/**
 * Serves the Model Context Protocol on standard input and output. At the end of the input, it answers the requests before,
 * for some seconds. The signal interrupts them. Each request opens the source and closes it afterwards.
 *
 * @see https://modelcontextprotocol.io
 */
async function serveMcp({ source, version, stdin, stdout, log, signal }: ServerOptions): Promise<void> {
  const { McpServer, StdioServerTransport } = loadProtocol();
  const server = new McpServer({ name: 'ses-events', title: 'SES events', version }, { instructions });
  const requests = new Requests({ source, log });
  const hints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
  for (const tool of tools) {
    const { name, title, description, input, output } = tool;
    const annotations = { title, ...hints };
    server.registerTool(
      name,
      { title, description, inputSchema: input, outputSchema: output, annotations },
      (args: Record<string, unknown>, request) => requests.answer(tool, args, request.signal),
    );
  }
  const inputEnd = new Promise<void>((resolve) => {
    stdin.once('end', resolve).once('close', resolve);
  });
  await server.connect(new StdioServerTransport(stdin, stdout));
  const answered = async () => {
    await inputEnd;
    await Promise.race([requests.settled(), setTimeout(grace, undefined, { ref: false })]);
  };
  await Promise.race([answered(), aborted(signal)]);
  await requests.interrupt();
  await server.close();
}

export { serveMcp };
