import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import { DEFAULT_QUEUE, type ProviderPolicy } from '../../server/core/policy.ts'
import { clients, plains, upstreams } from '../../server/dialects/index.ts'
import { providers } from '../../server/providers/index.ts'

for (const provider of providers.values()) {
  const policy: ProviderPolicy = {
    id: 'p',
    kind: provider.kind,
    baseUrl: provider.traits.baseUrl ?? 'http://127.0.0.1:9/base',
    apiKey: 'secret-credential',
    headers: {},
    residency: null,
    options: {},
    dialects: null,
    queue: DEFAULT_QUEUE,
    probeMs: null,
    gpuUsdPerHour: null,
    problem: null,
  }

  describe(`provider ${provider.kind}`, () => {
    it('speaks dialects that there are', () => {
      assert.ok(provider.dialects.length > 0)
      const known = new Set([...upstreams.keys(), ...plains.keys(), ...clients.map(({ id }) => id)])
      for (const id of [...provider.dialects, ...(provider.alsoSpeaks ?? [])]) assert.ok(known.has(id), id)
    })

    it('addresses a call below its base URL and never puts the credential into the URL', {
      skip: provider.answer ? 'it answers in the process' : false,
    }, () => {
      for (const dialect of [...provider.dialects, ...(provider.alsoSpeaks ?? [])])
        for (const stream of [true, false]) {
          const url = provider.url({ policy, model: 'org/model:tag', dialect, stream, request: {} })
          assert.ok(url.startsWith(`${policy.baseUrl}/`), url)
          assert.ok(!url.includes('secret-credential'))
          new URL(url)
        }
    })

    it('sends the credential in one header, or what it signs with it, and none without one', {
      skip: provider.answer ? 'it answers in the process' : false,
    }, async () => {
      const call = { policy, model: 'm', dialect: provider.dialects[0]!, stream: false, request: {} }
      const without = { ...policy, apiKey: null }
      const wire = { provider: policy, url: provider.url(call), headers: {}, body: '{}', stream: false }
      const signer = { ...policy, options: { project_key: 'project' } }
      const signed = (await provider.sign?.({ ...wire, provider: signer }, 1_700_000_000_000)) ?? {}
      const values = Object.values({ ...provider.headers(call), ...signed })
      const secrets = values.filter((value) => value.includes('secret-credential') || value.startsWith('Bearer ey'))
      assert.equal(secrets.length, 1)
      const bare = {
        ...provider.headers({ ...call, policy: without }),
        ...(await provider.sign?.({ ...wire, provider: without }, 0)),
      }
      assert.ok(
        Object.keys(bare).every((name) => name.endsWith('-version')),
        JSON.stringify(bare),
      )
    })

    it('lists its models at its own address, and reads any answer', {
      skip: provider.models ? false : 'it has no list of models',
    }, () => {
      const { url, read } = provider.models!
      assert.equal(new URL(url(policy)).protocol, new URL(policy.baseUrl!).protocol)
      for (const odd of [null, 0, 'text', [], {}, { data: null }, { data: [null, { id: 5 }] }, { models: [{}] }])
        assert.deepEqual(read(odd), [])
    })

    it('classifies refusals', () => {
      const classify = (status: number, body = '', headers = {}) =>
        provider.classify({ status, headers, body: Buffer.from(body) })
      for (const status of [408, 429, 500, 502, 503, 504, 529])
        assert.equal(classify(status).retryable, true, `${status}`)
      for (const status of [400, 401, 402, 403, 404, 413, 422])
        assert.equal(classify(status).retryable, false, `${status}`)
      for (const body of [
        '{"error":{"code":"insufficient_quota"}}',
        '{"error":{"code":"enforced_spend_limit_reached"}}',
      ])
        assert.equal(classify(429, body).retryable, false, body)
      assert.equal(classify(503, '', { 'retry-after': '2' }).retryAfterMs, 2000)
      assert.equal(classify(503, '', { 'retry-after-ms': '150' }).retryAfterMs, 150)
      const date = new Date(Date.now() + 5000).toUTCString()
      assert.ok(classify(503, '', { 'retry-after': date }).retryAfterMs! <= 5000)
      assert.equal(classify(503, '', { 'retry-after': 'soon' }).retryAfterMs, null)
      for (const body of ['', '\0\xff', '[]', 'null', '{"error":null}', '{"detail":[{"msg":"x"}]}'])
        assert.ok(classify(418, body) instanceof GatewayError)
    })

    it('says where its facts come from and what its options mean', () => {
      for (const option of Object.values(provider.traits.options)) assert.ok(option.description.length > 10)
    })
  })
}
