import { PieceMemory } from '../../consumer/records/compression/piece-memory';

describe('PieceMemory', () => {
  it('returns a buffer again after its release only', () => {
    const memory = new PieceMemory(16);
    const first = memory.take();
    const second = memory.take();
    expect(second.buffer).not.toBe(first.buffer);
    memory.release(first.subarray(0, 3));
    expect(memory.take().buffer).toBe(first.buffer);
    expect(memory.take().buffer).not.toBe(second.buffer);
  });

  it.each<[string, (memory: PieceMemory, piece: Buffer) => void]>([
    ['bytes from elsewhere', (memory) => memory.release(Buffer.alloc(16))],
    [
      'a piece that was released before',
      (memory, piece) => {
        memory.release(piece);
        expect(memory.take().buffer).toBe(piece.buffer);
        memory.release(piece);
        memory.release(piece);
        memory.take();
      },
    ],
  ])('ignores the release of %s', (_name, release) => {
    const memory = new PieceMemory(16);
    const piece = memory.take();
    release(memory, piece);
    expect(memory.take().buffer).not.toBe(piece.buffer);
  });
});
