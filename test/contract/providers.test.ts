import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { GatewayError } from '../../server/core/errors.ts'
import type { ProviderPolicy } from '../../server/core/policy.ts'
import { dialects } from '../../server/dialects/index.ts'
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
    problem: null,
  }

  describe(`provider ${provider.kind}`, () => {
    it('speaks dialects that there are', () => {
      assert.ok(provider.dialects.length > 0)
      for (const id of provider.dialects) assert.equal(dialects[id]?.id, id)
    })

    it('addresses a call below its base URL and never puts the credential into the URL', {
      skip: provider.answer ? 'it answers in the process' : false,
    }, () => {
      for (const dialect of provider.dialects)
        for (const stream of [true, false]) {
          const url = provider.url({ policy, model: 'org/model:tag', dialect, stream })
          assert.ok(url.startsWith(`${policy.baseUrl}/`), url)
          assert.ok(!url.includes('secret-credential'))
          new URL(url)
        }
    })

    it('sends the credential in one header, and none without one', {
      skip: provider.answer ? 'it answers in the process' : false,
    }, () => {
      const call = { policy, model: 'm', dialect: provider.dialects[0]!, stream: false }
      const values = Object.values(provider.headers(call))
      assert.equal(values.filter((value) => value.includes('secret-credential')).length, 1)
      assert.deepEqual(provider.headers({ ...call, policy: { ...policy, apiKey: null } }), {})
    })

    it('classifies refusals', () => {
      const classify = (status: number, body = '', headers = {}) =>
        provider.classify({ status, headers, body: Buffer.from(body) })
      for (const status of [408, 429, 500, 502, 503, 504, 529])
        assert.equal(classify(status).retryable, true, `${status}`)
      for (const status of [400, 401, 402, 403, 404, 413, 422])
        assert.equal(classify(status).retryable, false, `${status}`)
      const spent = classify(429, '{"error":{"code":"insufficient_quota"}}')
      assert.equal(spent.retryable, false)
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
