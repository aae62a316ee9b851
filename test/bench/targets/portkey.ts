import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startChild } from '../children.ts'
import { MODEL } from '../replies.ts'
import { installPeer } from './install.ts'
import { freePort, waitForPort } from './ports.ts'
import { Missing, type TargetKind } from './target.ts'

const PACKAGE = '@portkey-ai/gateway'
/** The one to compare with, and a later one for registries without it. */
const VERSIONS = ['1.13.8', '1.15.2']
/**
 * Within the range that Portkey asks for. Under later ones it answers every stream with 500:
 * https://github.com/Portkey-AI/gateway/issues/1389
 */
const OVERRIDES = { '@hono/node-server': '1.13.8' }
const PRELOAD = new URL('listen-loopback.ts', import.meta.url).href

/** Portkey waits this long before it hands on a stream's first event. */
const FIRST_EVENT_DELAY_MS = 25

/** What a reader of the tables must know of it. */
export const PORTKEY_NOTE = [
  `Portkey sleeps ${FIRST_EVENT_DELAY_MS} ms before the first event of a stream: its TTFT and the latency of its streams show that.`,
  `It runs on @hono/node-server ${OVERRIDES['@hono/node-server']}, as it answers streams with 500 on later ones. It stores nothing.`,
].join('\n')

/** Portkey's gateway, headless. */
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
      settle: async () => {},
      stop: () => child.stop(),
    }
  },
}

function installAny(): { folder: string; version: string } {
  const reasons: string[] = []
  for (const version of VERSIONS) {
    try {
      return { folder: installPeer(PACKAGE, version, OVERRIDES), version }
    } catch (error) {
      if (!(error instanceof Missing)) throw error
      reasons.push(error.message)
    }
  }
  throw new Missing(reasons.join('; '))
}
