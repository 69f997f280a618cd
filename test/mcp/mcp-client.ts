import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { environment } from '../cli/command-call';
import { packageFolder } from '../cli/compiled-command';
import { entry } from '../cli/run-process';

/** The result of a tool, as a client gets it. */
interface Called {
  isError: boolean;
  /** The text, whole. */
  text: string;
  /** The JSON in the text. */
  data: Record<string, unknown>;
  structured: Record<string, unknown> | undefined;
}

/** A client of the protocol, with `ses-events mcp` as its server. */
class McpClient {
  /** Standard error of the server so far. */
  log = '';
  private readonly client = new Client({ name: 'test', version: '1.0.0' });

  private constructor(transport: StdioClientTransport) {
    transport.stderr?.on('data', (part: Buffer) => {
      this.log += part.toString();
    });
  }

  /** Starts a server with arguments, and connects to it. */
  static async start(args: readonly string[]): Promise<McpClient> {
    const env = Object.fromEntries(
      Object.entries(environment()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    );
    const transport = new StdioClientTransport({
      ...{
        command: process.execPath,
        args: [entry, 'mcp', ...args],
        cwd: packageFolder,
        env,
        stderr: 'pipe',
      },
    });
    const started = new McpClient(transport);
    await started.client.connect(transport);
    return started;
  }

  get instructions(): string {
    return this.client.getInstructions() ?? '';
  }

  async tools() {
    return (await this.client.listTools()).tools;
  }

  /** Calls a tool. The client checks structured content with the schema of the tool. */
  async call(name: string, args: Record<string, unknown> = {}): Promise<Called> {
    const { content, isError, structuredContent } = await this.client.callTool({ name, arguments: args });
    const text = (content as { text: string }[]).map((part) => part.text).join('\n'); // all parts of this server are texts
    const json = /^<data-[\da-f]{16}>\n(.*)\n<\/data-[\da-f]{16}>$/m.exec(text)?.[1];
    return {
      isError: isError === true,
      text,
      data: JSON.parse(json ?? '{}') as Record<string, unknown>,
      structured: structuredContent as Record<string, unknown> | undefined,
    };
  }

  close(): Promise<void> {
    return this.client.close();
  }
}

export { McpClient };
