import assert from 'node:assert/strict'
import { createHash, createHmac } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import OpenAI from 'openai'
import { type FakeUpstream, type SeenRequest, startFakeUpstream } from '../support/fake-upstream.ts'
import { goodReply } from '../support/frames.ts'
import { ask, routesConfig, startGateway, type TestGateway } from '../support/gateway.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY'
const CONVERSE = {
  output: { message: { role: 'assistant', content: [{ text: 'Hi from Bedrock' }] } },
  stopReason: 'end_turn',
  usage: { inputTokens: 3, outputTokens: 4, totalTokens: 7 },
}

describe('providers whose calls are signed', () => {
  let upstream: FakeUpstream
  let gateway: TestGateway
  before(async () => {
    upstream = await startFakeUpstream(({ path }) =>
      path.startsWith('/model/') ? { chunks: [JSON.stringify(CONVERSE)] } : goodReply('Hi from LiveKit'),
    )
    const aws = { kind: 'bedrock', base_url: upstream.url, region: 'eu-central-1', api_key: '${env:SECRET}' }
    const providers = {
      bedrock: { ...aws, access_key_id: '${env:KEY_ID}', session_token: '${env:SESSION}' },
      bearer: aws,
      livekit: { kind: 'livekit', base_url: upstream.url, api_key: '${env:SECRET}', project_key: '${env:KEY_ID}' },
      unset: { kind: 'livekit', base_url: upstream.url, api_key: '${env:SECRET}' },
    }
    const model = 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0'
    const routes = Object.fromEntries(Object.keys(providers).map((id) => [id, [`${id}/${model}`]]))
    gateway = await startGateway(routesConfig(providers, routes), {
      environment: { SECRET, KEY_ID: 'AKIDEXAMPLE', SESSION: 'session-token-of-a-test' },
    })
  })
  after(async () => {
    await gateway.stop()
    await upstream.close()
  })

  it('signs Bedrock’s as AWS verifies them', async () => {
    const client = new OpenAI({ baseURL: `${gateway.url}/v1`, apiKey: 'none', maxRetries: 0 })
    const reply = await client.chat.completions.create({
      model: 'bedrock',
      messages: [{ role: 'user', content: 'Grüße' }],
    })
    assert.equal(reply.choices[0]!.message.content, 'Hi from Bedrock')
    const sent = upstream.seen.at(-1)!
    assert.equal(sent.path, '/model/eu.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse')
    assert.equal(sent.headers['x-amz-security-token'], 'session-token-of-a-test')
    const { authorization, signed } = signatureOf(sent)
    assert.ok(signed.includes('host') && signed.includes('x-amz-date') && signed.includes('x-amz-security-token'))
    assert.match(authorization, /Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\/aws4_request/)
    assert.equal(/Signature=([0-9a-f]{64})/.exec(authorization)![1], signAgain(sent, signed))
    assert.ok(!sent.raw.includes(SECRET) && !JSON.stringify(sent.headers).includes(SECRET))
  })

  it('sends a Bedrock API key as a bearer token', async () => {
    assert.equal((await gateway.chat(ask('bearer'))).status, 200)
    assert.equal(upstream.seen.at(-1)!.headers.authorization, `Bearer ${SECRET}`)
  })

  it('mints LiveKit’s token for each call, with the grant and a short life', async () => {
    const reply = await gateway.chat(ask('livekit'))
    assert.equal(reply.status, 200)
    const token = upstream.seen.at(-1)!.headers.authorization!.slice('Bearer '.length)
    const [head, claims, signature] = token.split('.')
    const expected = createHmac('sha256', SECRET).update(`${head}.${claims}`).digest('base64url')
    assert.equal(signature, expected)
    const { iss, exp, iat, inference } = JSON.parse(Buffer.from(claims!, 'base64url').toString())
    assert.deepEqual([iss, exp - iat, inference], ['AKIDEXAMPLE', 600, { perform: true }])
    assert.ok(Math.abs(iat - Date.now() / 1000) < 10)
  })

  it('says which credential is missing', async () => {
    const reply = await gateway.chat(ask('unset'))
    assert.equal(reply.status, 503)
    assert.match(await reply.text(), /unset has no project_key/)
  })
})

function signatureOf({ headers }: SeenRequest): { authorization: string; signed: string[] } {
  const authorization = headers.authorization!
  return { authorization, signed: /SignedHeaders=([^,]+)/.exec(authorization)![1]!.split(';') }
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function signAgain(sent: SeenRequest, signed: readonly string[]): string {
  const { headers, raw } = sent
  const path = new URL(sent.path, 'http://x').pathname.split('/').map(encodeURIComponent).join('/')
  const lines = signed.map((name) => `${name}:${String(headers[name]).trim()}\n`).join('')
  const canonical = ['POST', path, '', lines, signed.join(';'), sha256(raw)].join('\n')
  const date = String(headers['x-amz-date'])
  const scope = `${date.slice(0, 8)}/eu-central-1/bedrock/aws4_request`
  const text = ['AWS4-HMAC-SHA256', date, scope, sha256(Buffer.from(canonical))].join('\n')
  const key = ['eu-central-1', 'bedrock', 'aws4_request'].reduce(
    (last, part) => createHmac('sha256', last).update(part).digest(),
    createHmac('sha256', `AWS4${SECRET}`).update(date.slice(0, 8)).digest(),
  )
  return createHmac('sha256', key).update(text).digest('hex')
}

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}
