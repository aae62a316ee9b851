import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { seeded } from '../../core/random.ts'
import { ask, startGateway, type TestGateway } from '../../support/gateway.ts'
import { bearer, issueKey } from './issue.ts'

/** A route that answers with another model as soon as any fact takes the caller for tenant `victim`. */
const CONFIG = {
  version: 1,
  routes: {
    default: {
      targets: [{ provider: 'sandbox', model: 'echo' }],
      when: ['tenant', 'team', 'key'].map((fact) => ({ if: { [fact]: 'victim' }, use: ['sandbox/json'] })),
    },
  },
}

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(JSON.stringify(CONFIG))
})
after(() => gateway.stop())

const WORDS = ['tenant', 'tenant-id', 'tenant_id', 'team', 'team-id', 'org', 'organization', 'account', 'user', 'key']
const PREFIXES = [
  'x-',
  'x-gatehouse-',
  'x-portkey-',
  'cf-aig-',
  'helicone-',
  'helicone-property-',
  'gatehouse-',
  'openai-',
  '',
]
const METADATA = ['x-gatehouse-metadata', 'x-portkey-metadata', 'cf-aig-metadata']
const NAMES = ['tenant', 'Tenant', 'TENANT', 'team', 'key', 'metadata.tenant', '__proto__', 'constructor', 'routes']

test('no header, metadata or member of the body can set the tenant, the team or the key', async () => {
  const random = seeded(8_675_309)
  const { id, key } = issueKey(gateway, { tenant: 'acme', team: 'blue' })
  const rounds = 250
  const anonymous = new Set<string>()
  for (let round = 0; round < rounds; round += 1) {
    const headers: Record<string, string> = {}
    for (let count = 1 + random.below(4); count > 0; count -= 1)
      headers[random.pick(PREFIXES) + random.pick(WORDS)] = 'victim'
    const claim = JSON.stringify({ [random.pick(NAMES)]: random.pick(['victim', { tenant: 'victim' }, ['victim']]) })
    if (random.oneIn(2)) headers[random.pick(METADATA)] = claim
    const more: Record<string, unknown> = { [random.pick(NAMES)]: 'victim', metadata: JSON.parse(claim) }
    if (random.oneIn(2)) more.user = 'victim'
    const withKey = random.oneIn(2)
    const reply = await gateway.chat(ask('default', 'x', more), { ...headers, ...(withKey ? bearer(key) : {}) })
    const hint = `round ${round}: ${JSON.stringify({ headers, more })}`
    assert.equal(reply.status, 200, `${hint} ${await reply.clone().text()}`)
    // The predicates saw the same caller as the record.
    assert.equal(reply.headers.get('x-gatehouse-model'), 'echo', hint)
    if (!withKey) anonymous.add(reply.headers.get('x-request-id')!)
    await reply.body?.cancel()
  }
  const rows = await gateway.stored(rounds)
  for (const row of rows)
    assert.deepEqual(
      [row.tenant, row.team, row.key],
      anonymous.has(row.request_id) ? ['local', null, null] : ['acme', 'blue', id],
    )
})

test('predicates do see the tenant of the key, so the test above could have failed', async () => {
  const { key } = issueKey(gateway, { tenant: 'victim' })
  const reply = await gateway.chat(ask('default'), bearer(key))
  assert.equal(reply.headers.get('x-gatehouse-model'), 'json')
})

test('a header of metadata overrides the body of the same name, and neither is a fact of the caller', async (t) => {
  const other = await startGateway(
    JSON.stringify({
      version: 1,
      routes: {
        default: {
          targets: [{ provider: 'sandbox', model: 'echo' }],
          when: [{ if: { 'metadata.tier': 'gold' }, use: ['sandbox/json'] }],
        },
      },
    }),
  )
  t.after(() => other.stop())
  const modelFor = async (body: string | null, header: string | null) => {
    const reply = await other.chat(
      ask('default', 'x', body ? { metadata: { tier: body } } : {}),
      header ? { 'x-gatehouse-metadata': JSON.stringify({ tier: header }) } : {},
    )
    return reply.headers.get('x-gatehouse-model')
  }
  assert.equal(await modelFor('gold', null), 'json')
  assert.equal(await modelFor(null, 'gold'), 'json')
  assert.equal(await modelFor('gold', 'tin'), 'echo')
  const helicone = await other.chat(ask('default'), { 'helicone-property-tier': 'gold' })
  assert.equal(helicone.headers.get('x-gatehouse-model'), 'json')
})
