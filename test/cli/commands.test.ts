import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import packageJson from '../../package.json' with { type: 'json' }
import { newHome, runCli } from './child.ts'

const { folder, remove } = newHome()
after(remove)

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const GOOD = 'version: 1\nroutes: { default: { targets: [{ provider: sandbox, model: echo }] } }\n'

test('validate says that a file is valid, under which revision it would run, and what is not set', async () => {
  const text = `${GOOD}providers: { cloud: { kind: openai, api_key: "\${env:CLOUD_KEY}" } }\n`
  const path = file('good.yaml', text)
  const { code, stdout, stderr } = await runCli(['validate', path])
  const revision = createHash('sha256').update(text).digest('hex').slice(0, 12)
  assert.deepEqual([code, stderr], [0, ''])
  const [warning, verdict] = stdout.split('\n')
  assert.match(warning!, /warning: provider cloud cannot be called: .*CLOUD_KEY is not set/)
  assert.equal(verdict, `${path}: valid, revision ${revision}, 1 routes`)
})

test('validate names every mistake with file, line and column, and a suggestion, and fails', async () => {
  const path = file(
    'bad.yaml',
    'version: 1\nrotues: {}\nroutes:\n  a: { targets: [{ provider: sanbox, model: echo }] }\n',
  )
  const { code, stdout, stderr } = await runCli(['validate', path])
  assert.equal(code, 1)
  assert.equal(stdout, '')
  assert.ok(stderr.includes(`${path}:2:1 rotues: unknown key "rotues"; did you mean "routes"?`), stderr)
  assert.doesNotMatch(stderr, /\n {4}at /)
})

test('help is printed with the version; other words are refused with the help', async () => {
  const [help, wrong] = await Promise.all([runCli([]), runCli(['srve'])])
  for (const command of ['serve', 'validate FILE', 'keys create --tenant', 'keys list', 'keys revoke', 'signin'])
    assert.ok(help.stdout.includes(`gatehouse ${command}`), command)
  assert.ok(help.stdout.startsWith(`gatehouse ${packageJson.version}\n`), help.stdout)
  assert.deepEqual([wrong.code, wrong.stdout], [1, ''])
  assert.match(wrong.stderr, /no command "srve"[\s\S]*gatehouse serve/)
})

test('nonsense on the command line is refused in words, without a stack', async () => {
  const commands = [
    ['serve', '--prot', '1'],
    ['signin', '--home', folder],
  ]
  const results = await Promise.all(commands.map((args) => runCli(args, { GATEHOUSE_HOME: folder })))
  for (const [index, { code, stdout, stderr }] of results.entries()) {
    const hint = commands[index]!.join(' ')
    assert.equal(code, 1, hint)
    assert.equal(stdout, '', hint)
    assert.ok(stderr.length > 10, hint)
    assert.doesNotMatch(stderr, /\n {4}at /, `${hint} shows a stack`)
  }
})
