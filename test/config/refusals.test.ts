import assert from 'node:assert/strict'
import { test } from 'node:test'
import { marked, problemsOf, withProvider, withRoute } from './compile.ts'

const TARGETS = '    targets: [{ provider: local, model: m }]'

interface Refusal {
  /** The YAML, with `▸` where the problem is. */
  text: string
  message: RegExp
  suggestion?: RegExp
  path?: string
}

const REFUSALS: Readonly<Record<string, Refusal>> = {
  'an unknown key of a route': {
    text: withRoute(`    ▸stratgy: weighted\n${TARGETS}`),
    path: 'routes.support.stratgy',
    message: /unknown key "stratgy"/,
    suggestion: /did you mean "strategy"\?/,
  },
  'an unknown key at the top': {
    text: `▸rotues: {}\n${withRoute(TARGETS)}`,
    path: 'rotues',
    message: /unknown key "rotues"/,
    suggestion: /"routes"/,
  },
  'an unknown key that resembles nothing': {
    text: withRoute(`${TARGETS}\n    ▸zzzzzzzz: 1`),
    message: /unknown key "zzzzzzzz"/,
    suggestion: /known here: .*strategy.*targets/,
  },
  'an option of another kind of provider': {
    text: withProvider('  local: { kind: vllm, ▸num_ctx: 4096 }'),
    path: 'providers.local.num_ctx',
    message: /kind vllm have no option "num_ctx"/,
  },
  'a target at a provider that is not there': {
    text: withRoute('    targets:\n      - { provider: ▸locla, model: m }'),
    path: 'routes.support.targets[0].provider',
    message: /no provider "locla"/,
    suggestion: /did you mean "local"\?/,
  },
  'a condition that uses a provider that is not there': {
    text: withRoute(`${TARGETS}\n    when:\n      - { if: { tenant: a }, use: [▸xyzzyplugh/m] }`),
    path: 'routes.support.when[0].use[0]',
    message: /no provider "xyzzyplugh"/,
    suggestion: /providers of this file: .*local/,
  },
  'a target of a condition without a model': {
    text: withRoute(`${TARGETS}\n    when:\n      - { if: { tenant: a }, use: [▸local] }`),
    message: /"local" is not of the form provider\/model/,
  },
  'an unknown kind of provider': {
    text: withProvider('  local: { kind: ▸olama }'),
    message: /"olama" is not one of .*ollama/,
    suggestion: /did you mean "ollama"\?/,
  },
  'a kind that needs a base URL without one': {
    text: withProvider('  ▸local: { kind: openai-compatible }'),
    message: /openai-compatible needs a base_url/,
  },
  'a base URL that is none': {
    text: withProvider('  local: { kind: vllm, base_url: ▸"10.0.0.5 8000" }'),
    message: /is not a URL/,
  },
  'a base URL of another scheme': {
    text: withProvider('  local: { kind: vllm, base_url: ▸"ftp://10.0.0.5/v1" }'),
    message: /"ftp:" is not http: or https:/,
  },
  'credentials in a base URL': {
    text: withProvider('  local: { kind: vllm, base_url: ▸"http://me:pass@10.0.0.5/v1" }'),
    message: /credentials do not belong in a URL/,
  },
  'a query in a base URL': {
    text: withProvider('  local: { kind: vllm, base_url: ▸"http://10.0.0.5/v1?key=x" }'),
    message: /no query/,
  },
  'a key written out': {
    text: withProvider('  cloud: { kind: openai, api_key: ▸sk-proj-abcdefghijklmnop }'),
    path: 'providers.cloud.api_key',
    message: /not a reference, never the key itself/,
  },
  'a header that HTTP sets itself': {
    text: withProvider('  local: { kind: vllm, headers: { ▸Host: example } }'),
    message: /"Host" cannot be set/,
  },
  'no time at all': {
    text: withRoute(`${TARGETS}\n    timeouts: { first_token: ▸0s }`),
    message: /"0s" leaves no time at all/,
  },
  'a first token later than the end': {
    text: withRoute(`${TARGETS}\n    timeouts: { first_token: ▸3m, total: 2m }`),
    message: /"3m" is longer than the total of 2m/,
  },
  'a first token later than the default end': {
    text: withRoute(`${TARGETS}\n    timeouts: { first_token: ▸11m }`),
    message: /"11m" is longer than the total of 10m/,
  },
  'a request that may take more than a day': {
    text: withRoute(`${TARGETS}\n    timeouts: { total: ▸25h }`),
    message: /"25h" is longer than a day/,
  },
  'a duration without a unit': {
    text: withRoute(`${TARGETS}\n    timeouts: { total: ▸"30" }`),
    message: /not a duration such as/,
  },
  'a negative weight': {
    text: withRoute('    targets: [{ provider: local, model: m, weight: ▸-1 }]'),
    message: /-1 must be >= 0/,
  },
  'a weight that is no number': {
    text: withRoute('    targets: [{ provider: local, model: m, weight: ▸heavy }]'),
    message: /"heavy" is not of type number/,
  },
  'weights that are all 0': {
    text: withRoute('    strategy: weighted\n    targets: ▸[{ provider: local, model: m, weight: 0 }]'),
    message: /all weights are 0/,
  },
  'an unknown strategy': {
    text: withRoute(`    strategy: ▸wieghted\n${TARGETS}`),
    message: /"wieghted" is not one of priority, weighted/,
    suggestion: /did you mean "weighted"\?/,
  },
  'a condition on no fact': {
    text: withRoute(`${TARGETS}\n    when:\n      - if: { ▸tennant: a }\n        use: [local/m]`),
    message: /"tennant" is not a fact/,
    suggestion: /did you mean "tenant"\?/,
  },
  'an unknown operator': {
    text: withRoute(`${TARGETS}\n    when:\n      - if: { tenant: { ▸$regx: a } }\n        use: [local/m]`),
    message: /unknown operator "\$regx"/,
    suggestion: /did you mean "\$regex"\?/,
  },
  'a regular expression that is none': {
    text: withRoute(`${TARGETS}\n    when:\n      - if: { tenant: { $regex: ▸"a(b" } }\n        use: [local/m]`),
    message: /operand of \$regex is wrong/,
  },
  'an operand of the wrong type': {
    text: withRoute(`${TARGETS}\n    when:\n      - if: { tenant: { $in: ▸acme } }\n        use: [local/m]`),
    message: /\$in is wrong: must be a list/,
  },
  'an entry of the allow list that is no address': {
    text: `version: 1\negress:\n  allow:\n    - 10.0.0.0/8\n    - ▸10.0.0.0/64\nroutes: { a: { targets: [{ provider: sandbox, model: echo }] } }\n`,
    message: /"10\.0\.0\.0\/64" is neither/,
  },
  'another version': { text: withRoute(TARGETS).replace('version: 1', 'version: ▸2'), message: /2 is not 1/ },
  'no version': { text: `▸${withRoute(TARGETS).replace('version: 1\n', '')}`, message: /"version" is missing/ },
  'an empty file': { text: '▸', message: /must be a map that begins with `version: 1`/ },
  'a list as a file': { text: '▸- version: 1\n', message: /must be a map/ },
  'no routes': { text: '▸version: 1\n', message: /"routes" is missing/ },
  'empty routes': { text: 'version: 1\nroutes: ▸{}\n', message: /there is no route/ },
  'a route without targets': { text: withRoute('    targets: ▸[]'), message: /\[\] must not have fewer than 1 items/ },
  'a name of a route with spaces': {
    text: withRoute(TARGETS).replace('  support:', '  ▸our support:'),
    message: /the name "our support" has characters/,
  },
  'a name of a provider with a slash': {
    text: withProvider('  ▸a/b: { kind: vllm }'),
    message: /the name "a\/b" has characters/,
  },
  'a gateway that may take more than a day to stop': {
    text: `version: 1\nserver: { drain: ▸25h }\nroutes: { a: { targets: [{ provider: sandbox, model: echo }] } }\n`,
    message: /longer than an hour/,
  },
  'a credential written out in a header': {
    text: withProvider('  cloud: { kind: vllm, headers: { authorization: ▸"Bearer sk-proj-abcdefghijklmnop" } }'),
    message: /reference/,
  },
  'a key that stands twice': {
    text: withRoute(`    strategy: priority\n    ▸strategy: weighted\n${TARGETS}`),
    message: /unique/,
  },
  'a retry on no status': {
    text: withRoute(`${TARGETS}\n    retry: { max: 1, on: [429, ▸200] }`),
    message: /200 is not an HTTP status from 400 to 599/,
  },
}

for (const [name, { text, message, suggestion, path }] of Object.entries(REFUSALS)) {
  test(`refused with its place: ${name}`, () => {
    const { source, line, column } = marked(text)
    const problems = problemsOf(source)
    const shown = JSON.stringify(problems, null, 1)
    assert.equal(problems.length, 1, shown)
    const problem = problems[0]!
    assert.match(problem.message, message)
    assert.match(problem.suggestion ?? '', suggestion ?? /^/)
    if (path !== undefined) assert.equal(problem.path, path)
    assert.deepEqual({ line: problem.line, column: problem.column }, { line, column }, shown)
  })
}

test('a syntax error is refused with its line', () => {
  const problems = problemsOf('version: 1\nroutes:\n  a: { targets: [ }\n')
  assert.equal(problems[0]!.line, 3)
})

test('all problems of a file are told at once', () => {
  const problems = problemsOf(
    withRoute('    targets: [{ provider: nowhere, model: m }]\n    timeouts: { idle: 0s, connect: 25h }'),
  )
  const paths = problems.map((problem) => problem.path).sort()
  for (const path of ['routes.support.targets[0].provider', 'routes.support.timeouts.idle'])
    assert.ok(paths.includes(path), `${path} is not among ${paths.join(', ')}`)
})

test('an alias bomb is refused instead of being unfolded', () => {
  const levels = Array.from({ length: 12 }, (_, index) => {
    const below = index === 0 ? '"x"' : `*l${index - 1}`
    return `l${index}: &l${index} [${Array.from({ length: 10 }, () => below).join(', ')}]`
  })
  const problems = problemsOf(`version: 1\n${levels.join('\n')}\n`)
  assert.match(problems[0]!.message, /alias/i)
})

test('a hundred thousand levels of nesting are refused without a crash', () => {
  assert.ok(problemsOf(`version: 1\nroutes: ${'['.repeat(100_000)}`).length > 0)
})
