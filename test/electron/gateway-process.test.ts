import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ForkOptions } from 'electron'
import { type GatewayProcess, startGateway } from '../../electron/gateway-process.ts'
import { FakeChild, memoryLog, settle } from './fakes.ts'

interface Started {
  child: FakeChild
  gateway: GatewayProcess
  log: ReturnType<typeof memoryLog>
  forked: { entry: string; args: string[]; options: ForkOptions; env: NodeJS.ProcessEnv }
  asked: string[]
}

/** Starts a gateway around a fake child; /readyz answers each of `replies` in turn and 200 from then on. */
function start(replies: (number | 'refused')[] = [], timeouts: { start?: number; stop?: number } = {}): Started {
  const child = new FakeChild()
  const log = memoryLog()
  const asked: string[] = []
  const forked = {} as Started['forked']
  const gateway = startGateway({
    fork: (entry, args, options) => {
      Object.assign(forked, { entry, args, options, env: options.env })
      return child
    },
    entry: '/app/server/main.js',
    home: '/data',
    env: { OPENAI_API_KEY: 'kept' },
    log,
    fetch: async (input) => {
      asked.push(String(input))
      const reply = replies.shift() ?? 200
      if (reply === 'refused') throw new TypeError('fetch failed')
      return new Response('', { status: reply })
    },
    ...(timeouts.start !== undefined && { startTimeout: timeouts.start }),
    ...(timeouts.stop !== undefined && { stopTimeout: timeouts.stop }),
  })
  return { child, gateway, log, forked, asked }
}

test('the process is started with its home, a fresh token and a free port', () => {
  const [{ child, forked }, another] = [start(), start()]
  assert.equal(forked.entry, '/app/server/main.js')
  assert.deepEqual(forked.args, [])
  assert.equal(forked.options.stdio, 'pipe')
  assert.equal(forked.env.GATEHOUSE_HOME, '/data')
  assert.equal(forked.env.OPENAI_API_KEY, 'kept')
  const tokens = [forked, another.forked].map(({ env }) => String(env.GATEHOUSE_LAUNCH_TOKEN))
  for (const token of tokens) assert.equal(Buffer.from(token, 'base64url').length, 32)
  assert.notEqual(tokens[0], tokens[1])
  for (const started of [child, another.child]) started.exit(0)
})

test('it is ready when the address is known, in whatever chunks, and /readyz answers 200', async () => {
  const { child, gateway, log, forked, asked } = start(['refused', 503])
  for (const chunk of ['warming up\nlisten', 'ing on http://127.0.', '0.1:4123', '4\n']) child.stdout.write(chunk)
  const access = await gateway.ready
  assert.deepEqual(access, { origin: 'http://127.0.0.1:41234', token: forked.env.GATEHOUSE_LAUNCH_TOKEN })
  assert.deepEqual(asked, Array(3).fill('http://127.0.0.1:41234/readyz'))
  assert.deepEqual(log.tail(), ['warming up', 'listening on http://127.0.0.1:41234'])
})

test('an exit before readiness fails the start and leaves the last words in the log', async () => {
  const { child, gateway, log } = start()
  child.stderr.write('config.yaml:3: unknown key "rutes"\n')
  child.exit(78)
  await assert.rejects(gateway.ready, /exited with code 78 before it was ready/)
  await settle()
  assert.deepEqual(log.tail(), ['config.yaml:3: unknown key "rutes"'])
  assert.equal(await gateway.stop(), 78)
  assert.deepEqual(child.messages, [], 'a process that is gone is not spoken to')
})

test('an exit while /readyz is not yet 200 ends the waiting', async () => {
  const { child, gateway, asked } = start(Array(1000).fill('refused'))
  child.stdout.write('listening on http://127.0.0.1:5\n')
  await settle()
  child.exit(1)
  await assert.rejects(gateway.ready, /exited with code 1/)
  const before = asked.length
  await new Promise((resolve) => setTimeout(resolve, 250))
  assert.equal(asked.length, before)
})

test('a start that takes too long fails', async () => {
  await assert.rejects(start([], { start: 5 }).gateway.ready, /in time/)
})

test('an address off loopback fails the start', async () => {
  const { child, gateway } = start()
  child.stdout.write('listening on http://10.0.0.7:80\n')
  await assert.rejects(gateway.ready, /not loopback/)
})

test('stop asks, waits for the drain and does not kill', async () => {
  const { child, gateway } = start([], { stop: 20 })
  const stopped = gateway.stop()
  assert.deepEqual(child.messages, [{ type: 'stop' }])
  child.exit(0)
  assert.equal(await stopped, 0)
  await new Promise((resolve) => setTimeout(resolve, 40))
  assert.equal(child.kills, 0)
})

test('stop kills what does not go by itself', async () => {
  const { child, gateway } = start([], { stop: 5 })
  child.kill = () => {
    child.kills++
    child.exit(143)
    return true
  }
  assert.equal(await gateway.stop(), 143)
  assert.equal(child.kills, 1)
})
