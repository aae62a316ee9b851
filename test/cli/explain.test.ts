import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Explanation } from '../../server/http/admin/schemas.ts'
import { newHome, runCli, type ServeProcess, startServe } from './child.ts'

const CLI = fileURLToPath(new URL('../../server/cli.ts', import.meta.url))
const CONFIG = `version: 1
providers: { claude: { kind: anthropic, api_key: "\${env:CLAUDE_KEY}" } }
routes:
  chain:
    targets: [{ provider: sandbox, model: fail-500 }, { provider: sandbox, model: echo }]
    breaker: { failures: 2, error_share: 0.1, window: 1m, cooldown: 10m }
    when: [{ if: { metadata.tier: gold, request.tokens: { $lt: 9000 } }, use: [claude/claude-sonnet-4-5] }]
`
const REQUEST = { messages: [{ role: 'user', content: 'Hello' }], logprobs: true }

const { folder, remove } = newHome(CONFIG)
after(remove)
const request = join(folder, 'request.json')
writeFileSync(request, JSON.stringify(REQUEST))
const explain = (...args: string[]) =>
  runCli(['explain', '--home', folder, '--route', 'chain', ...args], { CLAUDE_KEY: 'k-123456' })
const explainJson = async (...args: string[]) => JSON.parse((await explain(...args, '--json')).stdout) as Explanation

describe('gatehouse explain, while no gateway runs', () => {
  it('explains by the config alone, and says so', async () => {
    const { code, stdout, stderr } = await explain(request)
    assert.deepEqual([code, stderr], [0, ''])
    assert.match(stdout, /^Would call sandbox\/fail-500\n/)
    assert.match(stdout, /no gateway runs on/)
    assert.match(
      stdout,
      /✗ when\[0\] → claude\/claude-sonnet-4-5\n +✗ metadata\.tier \$eq "gold", here nothing\n +✓ request\.tokens \$lt 9000/,
    )
    assert.match(stdout, /^ +1 {2}sandbox\/fail-500 +called +ready +openai-chat, bytes as they are/m)
    assert.match(stdout, /^ +2 {2}sandbox\/echo +if those before fail/m)
    assert.equal((await explainJson(request)).live, false)
  })

  it('takes caller, metadata and endpoint from flags, over what the file says', async () => {
    const file = join(folder, 'envelope.json')
    const caller = { tenant: 'other', session: 's-1', metadata: { tier: 'silver' } }
    writeFileSync(file, JSON.stringify({ request: { ...REQUEST, max_tokens: 9 }, surface: '/v1/responses', caller }))
    const flags = ['--tenant', 'acme', '--metadata', '{"tier":"gold"}', '--surface', '/v1/messages']
    const { facts, dialect, would_call, reason } = await explainJson(file, ...flags)
    assert.deepEqual(
      [facts.tenant, facts.session, facts['metadata.tier'], dialect],
      ['acme', 's-1', 'gold', 'anthropic-messages'],
    )
    assert.equal(would_call, 'claude/claude-sonnet-4-5')
    assert.match(reason, /^when\[0\]/)
  })

  it('reads the request from standard input', () => {
    const args = [CLI, 'explain', '--home', folder, '--route', 'chain', '-', '--json']
    const { stdout, stderr, status } = spawnSync(process.execPath, args, {
      input: JSON.stringify(REQUEST),
      timeout: 20_000,
    })
    assert.deepEqual([status, stderr.toString()], [0, ''])
    assert.equal((JSON.parse(stdout.toString()) as Explanation).would_call, 'sandbox/fail-500')
  })

  it('knows what was drained by hand', async () => {
    const drains = join(folder, 'drains.json')
    writeFileSync(drains, JSON.stringify([{ provider: 'sandbox', model: 'fail-500' }]))
    const { would_call, targets } = await explainJson(request)
    writeFileSync(drains, '[]')
    assert.deepEqual([would_call, targets[0]!.action], ['sandbox/echo', 'skip'])
  })

  it('shows what a translation loses and why a target cannot be called', async () => {
    const gold = ['--metadata', '{"tier":"gold"}']
    assert.match((await explain(request, ...gold)).stdout, /anthropic-messages, translated[\s\S]*loses logprobs/)
    const { stdout, code } = await runCli(['explain', '--home', folder, '--route', 'chain', request, ...gold])
    assert.equal(code, 0)
    assert.match(
      stdout,
      /^No target could be called\.\n[\s\S]*cannot be called +unconfigured[\s\S]*CLAUDE_KEY is not set/,
    )
  })

  it('refuses what makes no sense in words, without a stack', async () => {
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, '{"messages": ')
    const list = join(folder, 'list.json')
    writeFileSync(list, '[]')
    const wrong: [args: string[], words: RegExp][] = [
      [[], /Usage: gatehouse explain/],
      [[request, request], /Usage: gatehouse explain/],
      [[join(folder, 'missing.json')], /missing\.json: ENOENT/],
      [[broken], /broken\.json: .*JSON/],
      [[list], /one JSON object/],
      [[request, '--metadata', 'gold'], /--metadata takes a JSON object/],
      [[request, '--surface', '/v1/nothing'], /no endpoint that calls models.*\/v1\/messages/],
      [[request, '--route', 'nowhere'], /There is no route `nowhere`.*chain/],
      [[request, '--surface', '/v1/embeddings'], /`input`/],
    ]
    const results = await Promise.all(wrong.map(([args]) => explain(...args)))
    for (const [index, { code, stdout, stderr }] of results.entries()) {
      assert.deepEqual([code, stdout], [1, ''], stderr)
      assert.match(stderr, wrong[index]![1])
      assert.doesNotMatch(stderr, /\n {4}at /)
    }
  })
})

describe('gatehouse explain, while a gateway runs', () => {
  let serve: ServeProcess
  before(async () => {
    serve = await startServe(['--home', folder, '--port', '0'], { CLAUDE_KEY: 'k-123456' })
    for (let count = 0; count < 2; count += 1) {
      const reply = await fetch(`${serve.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ ...REQUEST, model: 'chain' }),
      })
      assert.equal(reply.status, 200)
    }
  })
  after(() => serve.kill())

  it('asks it for breakers and latencies', async () => {
    const { live, would_call, targets } = await explainJson(request)
    assert.deepEqual([live, would_call], [true, 'sandbox/echo'])
    assert.deepEqual(
      targets.map(({ standing, action, samples }) => [standing, action, samples]),
      [
        ['open', 'skip', 0],
        ['ready', 'call', 2],
      ],
    )
    const { stdout, code } = await explain(request)
    assert.equal(code, 0)
    assert.match(stdout, /^Would call sandbox\/echo\n/)
    assert.match(stdout, /sandbox\/fail-500 +skipped +open[^\n]*\n +2 of 2 attempts failed in 60 s, until 20/)
    assert.doesNotMatch(stdout, /no gateway runs/)
  })

  it('prints its refusals', async () => {
    const { code, stderr } = await explain(request, '--route', 'nowhere')
    assert.equal(code, 1)
    assert.equal(stderr, 'There is no route `nowhere`. These are: chain.\n')
  })

  it('does without one that was killed and left its address', async () => {
    await serve.kill()
    assert.equal((await explainJson(request)).live, false)
  })
})
