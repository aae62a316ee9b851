import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { after, before, test } from 'node:test'
import { catalogue } from '../server/catalogue.ts'
import { configSchema } from '../server/config/schema.ts'
import { SANDBOX_MODELS } from '../server/providers/sandbox-replies.ts'
import { runCli } from './cli/child.ts'
import { PROJECT, sources, withoutComments } from './config/imports.ts'
import { routesConfig, startGateway, type TestGateway } from './support/gateway.ts'

/** What is not documented does not exist: an option, a header or an endpoint without a word on it fails here. */

const read = (file: string) => readFileSync(join(PROJECT, file), 'utf8')
const hasReadme = existsSync(join(PROJECT, 'README.md'))
const skip = hasReadme ? false : 'README.md has not been written yet'
const readme = hasReadme ? read('README.md') : ''
const example = read('resources/gatehouse.example.yaml')
const server = sources('server')

/** A name as a word of its own: neither a part of a longer one nor inside a path. */
function names(text: string, word: string): boolean {
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`(?<![\\w-])${escaped}(?![\\w-])`).test(text)
}

interface SchemaNode {
  description?: string
  properties?: Record<string, SchemaNode>
  patternProperties?: Record<string, SchemaNode>
  items?: SchemaNode
  anyOf?: SchemaNode[]
}

/** Every option of the config file: its path, its name, and what the schema says of it. */
function optionsOf(node: SchemaNode, path = ''): { path: string; name: string; description: string | undefined }[] {
  const below = [
    ...Object.values(node.patternProperties ?? {}),
    ...(node.items ? [node.items] : []),
    ...(node.anyOf ?? []),
  ]
  return [
    ...Object.entries(node.properties ?? {}).flatMap(([name, option]) => [
      { path: `${path}${name}`, name, description: option.description },
      ...optionsOf(option, `${path}${name}.`),
    ]),
    ...below.flatMap((each) => optionsOf(each, path)),
  ]
}

const options = optionsOf(configSchema(catalogue) as unknown as SchemaNode)

test('every option of the config says what it does', () => {
  assert.ok(options.length > 30, `only ${options.length} options were found`)
  const silent = options.filter(({ description }) => (description ?? '').length < 8).map(({ path }) => path)
  assert.deepEqual(silent, [])
})

test('every option of the config stands in the example or in the README', () => {
  const missing = options.filter(({ name }) => !new RegExp(`(?<![\\w-])${name}:`).test(example) && !names(readme, name))
  assert.deepEqual(
    missing.map(({ path }) => path),
    [],
  )
})

test('every operator of predicates and every fact is named in the example or in the README', async () => {
  const { FACTS } = await import('../server/core/facts.ts')
  const operators = [...read('server/config/predicate.ts').matchAll(/^ {2}(\$\w+):/gm)].map(([, name]) => name!)
  assert.ok(operators.length >= 10)
  const text = example + readme
  const missing = [...operators, ...Object.keys(FACTS)].filter((word) => !text.includes(word))
  assert.deepEqual(missing, [])
})

test('every kind of provider and every strategy is named in the README', { skip }, () => {
  const words = [...catalogue.providerKinds.keys(), ...catalogue.strategies]
  assert.deepEqual(
    words.filter((word) => !names(readme, word)),
    [],
  )
})

test('every wire format that the config may name is named in the README', { skip }, () => {
  const dialects = new Set([...catalogue.providerKinds.values()].flatMap((kind) => kind.dialects))
  assert.ok(dialects.size > 15)
  assert.deepEqual(
    [...dialects].filter((dialect) => !names(readme, dialect)),
    [],
  )
})

test('every model of the sandbox is named in the README', { skip }, () => {
  assert.deepEqual(
    Object.keys(SANDBOX_MODELS).filter((model) => !names(readme, model)),
    [],
  )
})

let gateway: TestGateway
before(async () => {
  gateway = await startGateway(routesConfig({}, { default: ['sandbox/echo'] }))
})
after(() => gateway.stop())

test('every endpoint is named in the README', { skip }, async () => {
  const { paths } = await gateway.admin<{ paths: Record<string, unknown> }>('openapi.json')
  const surfaces = [...server]
    .filter(([file]) => /^server\/http\/[^/]+$/.test(file))
    .flatMap(([, code]) => [
      ...withoutComments(code).matchAll(/'(\/(?:v1\/[a-z]|v2\/|v1beta\/|api\/[a-z]|healthz|readyz)[\w/:]*)'/g),
    ])
    .map(([, path]) => path!.replace(/:(\w+)/g, '{$1}'))
  const endpoints = [...new Set([...Object.keys(paths), ...surfaces])]
  for (const known of [
    '/v1/chat/completions',
    '/v1/messages',
    '/api/tags',
    '/v1beta/models',
    '/healthz',
    '/readyz',
    '/admin/api/requests',
  ])
    assert.ok(endpoints.includes(known), `${known} was not found in the code`)
  assert.deepEqual(
    endpoints.filter((path) => !readme.includes(path)),
    [],
  )
})

test('every header of ours that the code reads or sends is named in the README', { skip }, () => {
  const found = [...server].flatMap(([, code]) => [
    ...withoutComments(code).matchAll(/x-gatehouse-[a-z]+(?:-[a-z]+)*/g),
  ])
  const headers = [...new Set(found.map(([header]) => header))]
  assert.ok(headers.length >= 10)
  assert.deepEqual(
    headers.filter((header) => !names(readme, header)),
    [],
  )
})

test('and the README names no header of ours that the code does not know', { skip }, () => {
  const code = [...server.values()].join('\n')
  const named = [...new Set([...readme.matchAll(/x-gatehouse-[a-z]+(?:-[a-z]+)*/g)].map(([header]) => header))]
  assert.deepEqual(
    named.filter((header) => !names(code, header)),
    [],
  )
})

test('every command of the command line, and every flag, is named in the README', { skip }, async () => {
  const { stdout } = await runCli(['help'])
  const commands = stdout
    .split('\n')
    .flatMap((line) => /^ {2}gatehouse ([a-z]+(?: (?:create|list|revoke|import|export|watch))?)/.exec(line)?.[1] ?? [])
  assert.ok(commands.length >= 6, stdout)
  // A line of prose may break between two words.
  const flat = readme.replace(/\s+/g, ' ')
  assert.deepEqual(
    commands.filter((command) => !flat.includes(`gatehouse ${command}`)),
    [],
  )
  const flags = [...new Set([...stdout.matchAll(/--[a-z]+(?:-[a-z]+)*/g)].map(([flag]) => flag))]
  assert.deepEqual(
    flags.filter((flag) => !names(readme, flag)),
    [],
  )
})

test('every variable of ours in the environment is named in the README', { skip }, () => {
  const found = [...server].flatMap(([, code]) => [...withoutComments(code).matchAll(/GATEHOUSE_[A-Z_]+/g)])
  // Set by the desktop shell for the process it starts, never by a person.
  const own = new Set(['GATEHOUSE_LAUNCH_TOKEN'])
  const variables = [...new Set(found.map(([name]) => name))].filter((name) => !own.has(name))
  assert.deepEqual(
    variables.filter((name) => !names(readme, name)),
    [],
  )
})

for (const file of ['README.md', 'server/README.md'])
  test(`every link in ${file} leads to a file`, {
    skip: existsSync(join(PROJECT, file)) ? false : `${file} is missing`,
  }, () => {
    const links = [...read(file).matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!)
    const dead = links.filter((link) => {
      if (/^(https?:|mailto:|#)/.test(link)) return false
      return !existsSync(join(PROJECT, dirname(file), decodeURIComponent(link.split('#')[0]!)))
    })
    assert.deepEqual(dead, [])
  })

const plan = existsSync(join(PROJECT, 'server/README.md')) ? read('server/README.md') : ''

test('every file that server/README.md names is there', { skip: plan ? false : 'server/README.md is missing' }, () => {
  const named = [...plan.matchAll(/`([\w./-]+\.ts)`/g)].map(([, file]) => file!)
  assert.ok(named.length > 10)
  const files = [...server.keys()]
  const missing = named.filter(
    (file) => !existsSync(join(PROJECT, file)) && !files.some((each) => each.endsWith(`/${file}`)),
  )
  assert.deepEqual(missing, [])
})
