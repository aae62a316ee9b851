import assert from 'node:assert/strict'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { after, before, beforeEach, describe, it } from 'node:test'
import { openDrains } from '../../server/attempts/drains.ts'
import { HealthProber } from '../../server/attempts/health-prober.ts'
import { TargetGate } from '../../server/attempts/target-gate.ts'
import { realClock } from '../../server/core/clock.ts'
import { DEFAULT_SETTINGS } from '../../server/core/policy.ts'
import { createEgress } from '../../server/egress/index.ts'
import { providers } from '../../server/providers/index.ts'
import { type FakeUpstream, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, type Json, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const until = async (isSo: () => boolean | Promise<boolean>) => {
  for (let tries = 0; !(await isSo()); tries += 1) {
    assert.ok(tries < 300, 'it never came')
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}

describe('targets that are left alone', () => {
  let first: FakeUpstream
  let second: FakeUpstream
  let gateway: TestGateway
  const breaker = { failures: 3, window: '10s', cooldown: '300ms' }
  before(async () => {
    first = await startFakeUpstream()
    second = await startFakeUpstream(() => goodReply('from second'))
    const targets = ['first', 'second'].map((provider) => ({ provider, model: 'm' }))
    const vendor = (base_url: string) => ({ kind: 'openai-compatible', base_url })
    gateway = await startGateway(
      routesConfig(
        { first: vendor(first.url), second: vendor(second.url) },
        {
          both: { targets, breaker },
          alone: { targets: [{ provider: 'first', model: 'lonely' }], breaker },
          limited: { targets: targets.map((target) => ({ ...target, model: 'limited' })), breaker },
          drained: { targets: targets.map((target) => ({ ...target, model: 'drained' })), breaker },
        },
      ),
    )
  })
  beforeEach(() => {
    first.seen = []
  })
  /** Calls of the model; a provider that is failing is asked for its models besides. */
  const called = () => first.seen.filter(({ path }) => path !== '/models').length
  after(async () => {
    await gateway.stop()
    await first.close()
    await second.close()
  })

  it('after so many failures a target is not called any more, until one trial after the cool-down goes well', async () => {
    first.answer = () => ({ status: 500 })
    for (let index = 0; index < 3; index += 1) assert.equal((await gateway.chat(ask('both'))).status, 200)
    assert.equal(called(), 3)
    const reply = await gateway.chat(ask('both'))
    assert.equal(called(), 3)
    assert.equal(reply.headers.get('x-gatehouse-attempts'), '1')
    assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true', 'the first target did not answer')
    const row = (await gateway.recorded(reply)) as Json
    assert.match(row.skipped[0].why, /^open: 3 of 3 attempts failed/)
    first.answer = () => goodReply('from first')
    await new Promise((resolve) => setTimeout(resolve, 320))
    for (let index = 0; index < 4; index += 1) await (await gateway.chat(ask('both'))).text()
    assert.equal(called(), 7)
    assert.equal((await gateway.chat(ask('both'))).headers.get('x-gatehouse-provider'), 'first')
  })

  it('a route whose only target is left alone says so at once, and when to come back', async () => {
    first.answer = () => ({ status: 500 })
    for (let index = 0; index < 3; index += 1) await gateway.chat(ask('alone'))
    const reply = await gateway.chat(ask('alone'))
    assert.equal(reply.status, 503)
    assert.equal(called(), 3)
    assert.equal(reply.headers.get('retry-after'), '1')
    const { error } = (await reply.json()) as Json
    assert.equal(error.code, 'target_unavailable')
    assert.match(error.message, /first\/lonely is open: 3 of 3/)
  })

  it('one that says retry-after comes last until then', async () => {
    first.answer = () => ({
      status: 429,
      headers: { 'retry-after': '1' },
      chunks: ['{"error":{"message":"slow down"}}'],
    })
    await gateway.chat(ask('limited'))
    const reply = await gateway.chat(ask('limited'))
    assert.equal(called(), 1)
    assert.equal(reply.headers.get('x-gatehouse-fallback'), 'true')
    first.answer = () => goodReply('from first')
    await new Promise((resolve) => setTimeout(resolve, 1050))
    assert.equal((await gateway.chat(ask('limited'))).headers.get('x-gatehouse-provider'), 'first')
  })

  it('a request that is itself at fault opens nothing', async () => {
    first.answer = () => ({ status: 400, chunks: ['{"error":{"message":"bad"}}'] })
    for (let index = 0; index < 6; index += 1) assert.equal((await gateway.chat(ask('drained'))).status, 400)
    first.answer = () => goodReply('from first')
    assert.equal((await gateway.chat(ask('drained'))).headers.get('x-gatehouse-provider'), 'first')
  })

  it('a drained target gets no new calls, over a restart too', async () => {
    first.answer = () => goodReply('from first')
    const drain = (model: string | null, drained: boolean) =>
      fetch(`${gateway.url}/admin/api/drains`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${gateway.adminToken}` },
        body: JSON.stringify({ provider: 'first', model, drained }),
      })
    assert.equal((await drain('drained', true)).status, 200)
    assert.equal((await gateway.chat(ask('drained'))).headers.get('x-gatehouse-provider'), 'second')
    const kept = JSON.parse(readFileSync(gateway.home.drains, 'utf8'))
    assert.deepEqual(kept, [{ provider: 'first', model: 'drained' }])
    const gate = new TargetGate(realClock)
    openDrains(gateway.home.drains, gate, assert.fail)
    assert.deepEqual(gate.drains(), kept)
    assert.equal((await drain('drained', false)).status, 200)
    assert.equal((await gateway.chat(ask('drained'))).headers.get('x-gatehouse-provider'), 'first')
    assert.equal(readFileSync(gateway.home.drains, 'utf8').trim(), '[]')
  })

  it('a file of drains that cannot be read is told, and nothing is drained', () => {
    const file = `${gateway.home.folder}/broken.json`
    writeFileSync(file, '{"half')
    const told: string[] = []
    const gate = new TargetGate(realClock)
    openDrains(file, gate, (message) => told.push(message))
    assert.match(told.join(), /cannot be read/)
    assert.deepEqual(gate.drains(), [])
    assert.ok(existsSync(file))
  })
})

describe('health checks', () => {
  it('take a provider out when it is down, and back when it is up', async () => {
    const upstream = await startFakeUpstream(() => ({ status: 503 }))
    const second = await startFakeUpstream(() => goodReply('from second'))
    const gateway = await startGateway(
      routesConfig(
        {
          first: { kind: 'openai-compatible', base_url: upstream.url, health_check: '1s' },
          second: { kind: 'openai-compatible', base_url: second.url },
        },
        { both: ['first/m', 'second/m'] },
      ),
    )
    try {
      const reply = async () => {
        const { headers } = await gateway.chat(ask('both'))
        return headers.get('x-gatehouse-attempts')
      }
      await until(() => upstream.seen.filter(({ path }) => path === '/models').length >= 2)
      await until(async () => (await reply()) === '1')
      upstream.answer = ({ path }) => (path === '/models' ? { chunks: ['{"data":[]}'] } : goodReply('from first'))
      await until(async () => (await gateway.chat(ask('both'))).headers.get('x-gatehouse-provider') === 'first')
    } finally {
      await gateway.stop()
      await upstream.close()
      await second.close()
    }
  })

  it('are made of a failing provider only, where the config asks for none', async () => {
    const upstream = await startFakeUpstream(() => ({ chunks: ['{"data":[]}'] }))
    const gate = new TargetGate(realClock)
    const { compileConfig } = await import('../../server/config/load.ts')
    const { catalogue } = await import('../../server/catalogue.ts')
    const config = routesConfig({ up: { kind: 'openai-compatible', base_url: upstream.url } }, { r: ['up/m'] })
    const policy = compileConfig(config, catalogue, () => '')
    const egress = createEgress(policy.egress)
    const prober = new HealthProber({ policy: () => policy, providers, gate, send: egress.send })
    prober.start()
    const target = policy.routes.get('r')!.targets[0]!
    const { breaker } = DEFAULT_SETTINGS
    await new Promise((resolve) => setTimeout(resolve, 1100))
    assert.equal(upstream.seen.length, 0)
    for (let index = 0; index < 5; index += 1) gate.enter(target, breaker).pass!.end('failed')
    assert.equal(gate.standing(target, breaker).name, 'open')
    await until(() => gate.standing(target, breaker).name === 'half-open')
    assert.equal(upstream.seen.length, 1)
    prober.stop()
    await egress.close()
    await upstream.close()
  })
})

describe('a bad hour', () => {
  it('of every target is no outage: breakers that are open spare nobody who mostly answers', async () => {
    let fails = false
    const flaky = () =>
      startFakeUpstream((_request, index) => (fails || index % 4 === 0 ? { status: 500 } : goodReply('well')))
    const [one, other] = [await flaky(), await flaky()]
    const vendor = (base_url: string) => ({ kind: 'openai-compatible', base_url })
    const targets = ['one', 'other'].map((provider) => ({ provider, model: 'm' }))
    const breaker = { failures: 3, window: '10s', cooldown: '10s' }
    const gateway = await startGateway(
      routesConfig(
        { one: vendor(one.url), other: vendor(other.url) },
        { both: { targets, breaker }, alone: { targets: targets.slice(0, 1), breaker } },
      ),
    )
    try {
      const statuses = async (route: string, count: number) => {
        const seen: number[] = []
        for (let index = 0; index < count; index += 1) {
          const reply = await gateway.chat(ask(route))
          await reply.arrayBuffer()
          seen.push(reply.status)
        }
        return seen
      }
      await statuses('both', 60)
      const { data } = await gateway.admin<Json>('routes')
      assert.deepEqual(
        data[0].targets.map(({ standing }: Json) => standing),
        ['open', 'open'],
      )
      // A quarter of a quarter fails at both.
      assert.ok((await statuses('both', 40)).filter((status) => status === 200).length >= 36)
      assert.ok((await statuses('alone', 40)).filter((status) => status === 200).length >= 28)
      fails = true
      await statuses('both', 40)
      // Not the questions whether they are up again.
      const calls = () => [...one.seen, ...other.seen].filter(({ path }) => path.endsWith('/chat/completions')).length
      const before = calls()
      assert.ok((await statuses('both', 20)).every((status) => status === 503))
      assert.equal(calls(), before, 'who mostly fails is spared')
    } finally {
      await gateway.stop()
      await one.close()
      await other.close()
    }
  })
})
