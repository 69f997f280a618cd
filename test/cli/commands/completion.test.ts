import { run } from '../run-command';

describe('ses-events completion', () => {
  it.each([
    ['bash', 'complete -F _ses_events ses-events\n'],
    ['zsh', '#compdef ses-events\n'],
    ['fish', 'complete -c ses-events -f\n'],
  ])('prints the script of %s to standard output', async (shell, line) => {
    const { code, stdout, stderr } = await run(['completion', shell]);
    expect(stdout).toContain(line);
    expect([code, stderr]).toEqual([0, '']);
  });

  it.each([
    ['no shell', [], "missing required argument 'shell'"],
    ['another shell', ['tcsh'], 'Allowed choices are bash, zsh, fish.'],
  ])('rejects %s', async (_, args, message) => {
    const { code, stdout, stderr } = await run(['completion', ...args]);
    expect(stderr).toContain(message);
    expect([code, stdout]).toEqual([2, '']);
  });
});
