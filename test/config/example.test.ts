import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { compile } from './compile.ts'

const example = readFileSync(new URL('../../resources/gatehouse.example.yaml', import.meta.url), 'utf8')

/** A commented-out line of YAML, as opposed to prose: a key in lower case and a colon, or an item of a list. */
const COMMENTED = /^( *)# ( *(?:- |[a-z_]+: ?).*)$/

const environment = {
  OPENAI_API_KEY: 'sk-of-a-test',
  ANTHROPIC_API_KEY: 'sk-of-a-test',
  AWS_ACCESS_KEY_ID: 'of-a-test',
  AWS_SECRET_ACCESS_KEY: 'of-a-test',
}

function uncomment(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(COMMENTED, '$1$2'))
    .join('\n')
}

test('the config that a first start writes is valid and has nothing to warn of', () => {
  const policy = compile(example, {})
  assert.deepEqual(policy.warnings, [])
  assert.deepEqual([...policy.routes.keys()], ['default'])
  assert.equal(policy.egress.mode, 'sealed')
})

test('everything that is commented out in it is valid too', () => {
  const policy = compile(uncomment(example), environment)
  assert.deepEqual([...policy.routes.keys()], ['default', 'support', 'extract'])
  assert.deepEqual([...policy.providers.keys()].sort(), ['bedrock', 'claude', 'ollama', 'openai', 'sandbox', 'vllm'])
  assert.equal(policy.routes.get('support')!.when.length, 2)
  assert.equal(policy.server.maxBody, 32 * 1024 * 1024)
  // The example seals egress and lists nothing, so providers that are elsewhere say so, and only they.
  assert.match(policy.providers.get('vllm')!.problem ?? '', /egress is sealed/)
  for (const warning of policy.warnings)
    assert.match(warning, /provider (vllm|openai|claude|bedrock) .*egress is sealed/)
})

test('each commented-out provider and option is valid by itself', () => {
  const lines = example.split('\n')
  const blocks = [
    { from: '# server:', lines: 6 },
    { from: '    # num_ctx:', lines: 1 },
    { from: '    # keep_alive:', lines: 1 },
    { from: '  # vllm:', lines: 4 },
    { from: '  # openai:', lines: 5 },
  ]
  for (const block of blocks) {
    const start = lines.findIndex((line) => line.startsWith(block.from))
    assert.notEqual(start, -1, `the example has no ${block.from}`)
    const part = uncomment(lines.slice(start, start + block.lines).join('\n')).split('\n')
    assert.doesNotThrow(() => compile(lines.toSpliced(start, block.lines, ...part).join('\n'), environment), block.from)
  }
})

test('the values that the example names as defaults are the defaults', () => {
  const bare = compile('version: 1\nroutes: { default: { targets: [{ provider: sandbox, model: echo }] } }\n')
  const full = compile(uncomment(example), environment)
  assert.deepEqual(full.server, bare.server)
  assert.equal(full.anonymous, bare.anonymous)
  assert.equal(full.directAccess, bare.directAccess)
})
