/** Other people's programs. What goes wrong with them is told and left out, and does not end the benchmark. */
const PEERS: ReadonlySet<string> = new Set(['nginx', 'portkey'])

export function isPeer(name: string): boolean {
  return PEERS.has(name)
}

/** What `run` resolves to; `null` when it fails and the target is a peer. */
export async function peerOrThrow<T>(name: string, run: () => Promise<T>): Promise<T | null> {
  try {
    return await run()
  } catch (error) {
    if (!isPeer(name)) throw error
    process.stderr.write(`  left out: ${(error as Error).message}\n`)
    return null
  }
}
