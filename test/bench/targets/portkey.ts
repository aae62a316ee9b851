import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../children.ts'
import { MODEL } from '../replies.ts'
import { installPeer } from './install.ts'
import { freePort, waitForPort } from './ports.ts'
import { Missing, type TargetKind } from './target.ts'

const PACKAGE = '@portkey-ai/gateway'
/** The one to compare with, and an older one for registries without it. Versions after 1.13 answer streams with 500. */
const VERSIONS = ['1.13.8', '1.9.8']
const PRELOAD = new URL('listen-loopback.ts', import.meta.url).href

/** Every version waits this long before it hands on a stream's first event. */
export const PORTKEY_FIRST_EVENT_DELAY_MS = 25

/** Portkey's gateway, headless; it stores nothing. */
export const portkey: TargetKind = {
  name: 'portkey',
  async start({ cores, upstream }) {
    const { folder, version } = installAny()
    const port = await freePort()
    const child = startChild({
      core: cores.target,
      command: process.execPath,
      args: ['--import', PRELOAD, join(folder, 'build', 'start-server.js'), `--port=${port}`, '--headless'],
      environment: { ...process.env, NODE_ENV: 'production' },
      folder: fileURLToPath(new URL('.', import.meta.url)),
    })
    await waitForPort(child, port)
    return {
      name: `portkey ${version}`,
      origin: `http://127.0.0.1:${port}`,
      model: MODEL,
      headers: {
        authorization: 'Bearer sk-bench',
        'x-portkey-provider': 'openai',
        'x-portkey-custom-host': `${upstream}/v1`,
      },
      pid: child.pid,
      answered: 0,
      settle: async () => 0,
      stop: () => child.stop(),
    }
  },
}

function installAny(): { folder: string; version: string } {
  const reasons: string[] = []
  for (const version of VERSIONS) {
    try {
      return { folder: installPeer(PACKAGE, version), version }
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      reasons.push(error.message)
    }
  }
  throw new Missing(reasons.join('; '))
}
