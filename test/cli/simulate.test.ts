import assert from 'node:assert/strict'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { RouteReport, SimulationReport } from '../../server/simulation/report.ts'
import { ask, startGateway, type TestGateway } from '../support/gateway.ts'
import { newHome, runCli } from './child.ts'

const CONFIG = `version: 1
direct_access: true
routes:
  support:
    strategy: weighted
    sticky: none
    targets: [{ provider: sandbox, model: echo, weight: 2 }, { provider: sandbox, model: lorem, weight: 1 }]
  broken: { targets: [{ provider: sandbox, model: fail-500 }, { provider: sandbox, model: echo }], breaker: { failures: 0 } }
  gone: { targets: [{ provider: sandbox, model: echo }] }
`
const MOVED = `version: 1
direct_access: true
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    when: [{ if: { metadata.tier: enterprise }, use: [sandbox/json] }]
  broken: { targets: [{ provider: sandbox, model: echo }] }
`
const ASKS_LANGUAGE = `version: 1
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    when: [{ if: { request.language: de }, use: [sandbox/json] }]
`

let gateway: TestGateway
const file = (name: string, text: string) => {
  const path = join(gateway.home.folder, name)
  writeFileSync(path, text)
  return path
}
const simulate = (...args: string[]) => runCli(['simulate', '--home', gateway.home.folder, ...args])
async function report(...args: string[]): Promise<SimulationReport> {
  const { code, stdout, stderr } = await simulate(...args, '--json')
  assert.deepEqual([code, stderr], [0, ''])
  return JSON.parse(stdout) as SimulationReport
}
const routeOf = ({ routes }: SimulationReport, name: string): RouteReport => {
  const found = routes.find(({ route }) => route === name)
  assert.ok(found, name)
  return found
}
const shares = ({ targets }: RouteReport) =>
  Object.fromEntries(targets.map(({ target, actual, simulated }) => [target, [actual, simulated]]))

/** What was sent: to `support` 7 of an enterprise and 5 of others, of these 2 streamed; and to the rest. */
before(async () => {
  gateway = await startGateway(CONFIG)
  const send = async (body: Record<string, unknown>, headers: Record<string, string> = {}) => {
    await (await gateway.chat(body, headers)).arrayBuffer()
  }
  const enterprise = { 'x-gatehouse-metadata': '{"tier":"enterprise"}' }
  for (let count = 0; count < 7; count += 1) await send(ask('support'), enterprise)
  for (let count = 0; count < 5; count += 1) await send(ask('support', 'Hello', { stream: count < 2 }))
  for (let count = 0; count < 3; count += 1) await send(ask('broken'))
  for (let count = 0; count < 2; count += 1) await send(ask('gone'))
  await send(ask('sandbox/echo'))
  // Wherever lots have sent the streams of `support`: there is a history of this target.
  await send(ask('sandbox/echo', 'Hello', { stream: true }))
  await send(ask('sandbox/\u001b[31mred'))
  for (let count = 0; count < 2; count += 1) await send(ask('support', 'Once'), { 'idempotency-key': 'one' })
  await send(ask('nowhere'))
  await send({ model: 'support', messages: 'wrong' })
  await gateway.stored(24)
})
let running = true
after(async () => {
  if (running) await gateway.app.stop()
  rmSync(gateway.home.folder, { recursive: true, force: true })
})

describe('gatehouse simulate, while the gateway runs', () => {
  it('counts exactly where requests would have gone', async () => {
    const moved = await report('--config', file('moved.yaml', MOVED), '--last', '24h')
    assert.equal(moved.requests, 21)
    assert.deepEqual(moved.left_out, { refused: 2, repeated: 1, without_facts: 0 })
    assert.deepEqual(moved.unknown_routes, [{ route: 'gone', requests: 2 }])
    const support = routeOf(moved, 'support')
    const { 'sandbox/json': json, 'sandbox/echo': echo, 'sandbox/lorem': lorem } = shares(support)
    assert.deepEqual([json, echo![1], lorem![1]], [[0, 7], 6, 0])
    assert.equal(echo![0]! + lorem![0]!, 13)
    assert.deepEqual(support.reasons, [
      { reason: 'when[0] {"metadata.tier":"enterprise"}', requests: 7 },
      { reason: 'priority', requests: 6 },
    ])
    assert.deepEqual(shares(routeOf(moved, 'provider/model')), {
      'sandbox/echo': [2, 2],
      'sandbox/\u001b[31mred': [1, 1],
    })
  })

  it('tells what is expected of a target from what it did, and that nothing is known of a new one', async () => {
    const moved = await report('--config', file('moved.yaml', MOVED))
    const { unary, stream, targets, cost } = routeOf(moved, 'support')
    assert.deepEqual([unary.requests, unary.unknown, stream.requests, stream.unknown], [11, 7, 2, 0])
    assert.ok(unary.simulated_p95_ms! > 0)
    const json = targets.find(({ target }) => target === 'sandbox/json')!
    assert.deepEqual([json.unary_p95_ms, json.failed_share], [null, null])
    assert.deepEqual(cost, { actual_usd: 0, actual_unknown: 0, simulated_usd: 0, simulated_unknown: 0, unmeasured: 0 })
    const broken = routeOf(moved, 'broken')
    assert.deepEqual(broken.first_call_failed, { actual: 1, simulated: 0, unknown: 0 })
    assert.equal(broken.fallbacks, 3)
  })

  it('makes of the config that ran what happened', async () => {
    const same = await report('--config', gateway.home.config)
    assert.deepEqual(same.unknown_routes, [])
    assert.ok(Object.keys(shares(routeOf(same, 'support'))).length > 0)
    for (const { targets } of same.routes) for (const { actual, simulated } of targets) assert.equal(simulated, actual)
  })

  it('says for how many requests a fact is not there that nobody asked for', async () => {
    const { missing_facts, targets } = routeOf(await report('--config', file('de.yaml', ASKS_LANGUAGE)), 'support')
    assert.deepEqual(missing_facts, [{ fact: 'request.language', requests: 13 }])
    assert.deepEqual(
      targets.filter(({ simulated }) => simulated > 0).map(({ target }) => target),
      ['sandbox/echo'],
    )
  })

  it('looks at one route, or at less time, where it is asked to', async () => {
    const config = file('moved.yaml', MOVED)
    const one = await report('--config', config, '--route', 'broken')
    assert.deepEqual([one.requests, one.routes.length, one.unknown_routes.length], [3, 1, 0])
    const none = await report('--config', config, '--last', '1ms')
    assert.deepEqual([none.requests, none.routes], [0, []])
  })

  it('prints it for people', async () => {
    const { code, stdout } = await simulate('--config', file('moved.yaml', MOVED), '--last', '24h')
    assert.equal(code, 0)
    assert.match(stdout, /^21 requests of the last 24h through .*moved\.yaml \(revision [0-9a-f]{12}\)\n/)
    assert.match(stdout, /would be refused \(unknown route\): 2 \(gone 2\)/)
    assert.match(stdout, /^support, priority: 13 requests\n/m)
    assert.match(stdout, /^ +sandbox\/\ufffd\[31mred /m, 'names cannot do anything to a terminal')
    assert.match(stdout, /^ +sandbox\/json +0 +0\.0 % +7 +53\.8 % +-/m)
    assert.match(stdout, /whole reply p95 .*not known for 7, whose target had no calls to judge by/)
  })
})

describe('gatehouse simulate', () => {
  it('refuses a bad config with the usual list of problems', async () => {
    const bad = file(
      'bad.yaml',
      'version: 1\nrotues: {}\nroutes:\n  a: { targets: [{ provider: sanbox, model: echo }] }\n',
    )
    const { code, stdout, stderr } = await simulate('--config', bad)
    assert.deepEqual([code, stdout], [1, ''])
    assert.ok(stderr.includes(`${bad}:2:1 rotues: unknown key "rotues"; did you mean "routes"?`), stderr)
  })

  it('refuses what makes no sense in words, without a stack', async () => {
    const config = file('moved.yaml', MOVED)
    const empty = newHome(CONFIG)
    const wrong: [args: string[], words: RegExp][] = [
      [[], /Usage: gatehouse simulate/],
      [['--config', config, 'more'], /Usage: gatehouse simulate/],
      [['--config', config, '--last', 'yesterday'], /--last takes a duration such as 30m, 24h or 7d, not "yesterday"/],
      [['--config', config, '--last', '0h'], /--last takes a duration/],
      [['--config', config, '--last', '24'], /--last takes a duration/],
      [['--config', join(empty.folder, 'missing.yaml')], /missing\.yaml: ENOENT/],
      [['--config', config, '--home', empty.folder], /no gateway has run on this home yet/],
    ]
    const results = await Promise.all(wrong.map(([args]) => simulate(...args)))
    empty.remove()
    for (const [index, { code, stdout, stderr }] of results.entries()) {
      assert.deepEqual([code, stdout], [1, ''], stderr)
      assert.match(stderr, wrong[index]![1])
      assert.doesNotMatch(stderr, /\n {4}at /)
    }
  })

  it('finds the same after the gateway has stopped', async () => {
    const config = file('moved.yaml', MOVED)
    const { routes } = await report('--config', config)
    running = false
    await gateway.app.stop()
    assert.deepEqual((await report('--config', config)).routes, routes)
  })
})
