import { fileURLToPath } from 'node:url'
import { startChild } from '../children.ts'
import { MODEL } from '../replies.ts'
import type { TargetKind } from './target.ts'

/** The minimal proxy over node:http and undici: what Gatehouse's own work is measured against. */
export const bare: TargetKind = {
  name: 'bare',
  async start({ cores, upstream }) {
    const child = startChild({
      core: cores.target,
      command: process.execPath,
      args: [fileURLToPath(new URL('bare-proxy.ts', import.meta.url)), upstream],
      messages: true,
    })
    const { port } = await child.message<{ port: number }>(15_000)
    return {
      name: 'bare',
      origin: `http://127.0.0.1:${port}`,
      model: MODEL,
      headers: { authorization: 'Bearer sk-bench' },
      pid: child.pid,
      answered: 0,
      settle: async () => {},
      stop: () => child.stop(),
    }
  },
}
