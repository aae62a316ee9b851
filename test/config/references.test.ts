import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { startFakeUpstream } from '../support/fake-upstream.ts'
import { ask, routesConfig, startGateway } from '../support/gateway.ts'
import { compile, withProvider } from './compile.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-references-'))
after(() => rmSync(folder, { recursive: true, force: true }))

const keyOf = (reference: string, environment: NodeJS.ProcessEnv = {}) => {
  const policy = compile(withProvider(`  cloud: { kind: openai, api_key: '${reference}' }`), environment, folder)
  return { policy, provider: policy.providers.get('cloud')! }
}

test('a variable of the environment, a file and a secret resolve to their trimmed content', () => {
  mkdirSync(join(folder, 'secrets'), { recursive: true })
  writeFileSync(join(folder, 'secrets', 'cloud'), 'from-secret\n')
  writeFileSync(join(folder, 'key.txt'), '  from-file\r\n')
  const references = {
    '${env:CLOUD_KEY}': 'from-env',
    '${file:key.txt}': 'from-file',
    [`\${file:${join(folder, 'key.txt')}}`]: 'from-file',
    '${secret:cloud}': 'from-secret',
  }
  for (const [reference, value] of Object.entries(references)) {
    const { policy, provider } = keyOf(reference, { CLOUD_KEY: 'from-env' })
    assert.equal(provider.apiKey, value)
    assert.equal(provider.problem, null)
    assert.deepEqual(policy.warnings, [])
  }
})

test('a reference to nothing is a warning that names it, not an error of the file', () => {
  writeFileSync(join(folder, 'empty.txt'), '\n')
  const missing = {
    '${env:NOT_SET}': /variable NOT_SET is not set/,
    '${file:nowhere.txt}': /file "nowhere\.txt" cannot be read \(ENOENT\)/,
    '${file:empty.txt}': /file "empty\.txt" cannot be read \(empty\)/,
    '${secret:nowhere}': /secret "nowhere" cannot be read/,
    // A secret is a name in one folder, not a way around the file system.
    '${secret:../key.txt}': /"\.\.\/key\.txt" is not a secret's name/,
  }
  for (const [reference, message] of Object.entries(missing)) {
    const { policy, provider } = keyOf(reference)
    assert.equal(provider.apiKey, null)
    assert.match(provider.problem ?? '', message)
    assert.equal(policy.warnings.length, 1)
    assert.match(policy.warnings[0]!, message)
    assert.match(policy.warnings[0]!, /^provider cloud/)
  }
})

test('a provider whose variable is not set says so when it is called, and the next target answers', async (t) => {
  const gateway = await startGateway(
    routesConfig(
      { cloud: { kind: 'openai', api_key: '${env:NOT_SET}' } },
      { alone: ['cloud/gpt-5'], backed: ['cloud/gpt-5', 'sandbox/echo'] },
    ),
  )
  t.after(() => gateway.stop())
  const refused = await gateway.chat(ask('alone'))
  assert.equal(refused.status, 503)
  const { error } = (await refused.json()) as { error: { code: string; message: string } }
  assert.equal(error.code, 'provider_unconfigured')
  assert.match(error.message, /NOT_SET is not set/)

  const answered = await gateway.chat(ask('backed'))
  assert.equal(answered.status, 200)
  assert.equal(answered.headers.get('x-gatehouse-fallback'), 'true')
  assert.equal(answered.headers.get('x-gatehouse-provider'), 'sandbox')
  const { data } = await gateway.admin<{ data: { id: string; status: string; detail: string }[] }>('providers')
  const cloud = data.find((provider) => provider.id === 'cloud')!
  assert.equal(cloud.status, 'unconfigured')
  assert.match(cloud.detail, /NOT_SET/)
})

test('what a reference resolves to is what the provider receives, also inside a longer header', async (t) => {
  const upstream = await startFakeUpstream(() => ({
    chunks: ['{"choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'],
  }))
  const provider = {
    kind: 'vllm',
    base_url: upstream.url,
    api_key: '${env:UP_KEY}',
    headers: { 'X-Team': 'team ${env:UP_TEAM}' },
  }
  const environment = { UP_KEY: 'key-of-upstream', UP_TEAM: 'blue' }
  const gateway = await startGateway(routesConfig({ up: provider }, { default: ['up/m'] }), { environment })
  t.after(() => Promise.all([gateway.stop(), upstream.close()]))
  assert.equal((await gateway.chat(ask('default'))).status, 200)
  assert.equal(upstream.seen[0]!.headers.authorization, 'Bearer key-of-upstream')
  assert.equal(upstream.seen[0]!.headers['x-team'], 'team blue')
})
