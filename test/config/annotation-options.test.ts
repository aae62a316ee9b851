import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compile, marked, problemsOf } from './compile.ts'

const ROUTES = `
routes:
  support:
    targets: [{ provider: sandbox, model: echo }]
    evaluators: { watch: [{ use: non-empty, name: says-something }] }
  bare: { targets: [{ provider: sandbox, model: echo }] }
`
const withAnnotation = (lines: string, routes = ROUTES) => `version: 1\nannotation:\n${lines}${routes}`

test('a config that says nothing asks for good or bad, of what somebody complained of', () => {
  const { annotation } = compile(`version: 1${ROUTES}`)
  assert.deepEqual(annotation.rubric, [{ name: 'verdict', labels: ['good', 'bad'], good: ['good'], description: null }])
  assert.deepEqual(
    annotation.rules.map(({ when, route, sample }) => [when, route, sample]),
    [
      ['thumbs-down', null, 1],
      ['guardrail-dispute', null, 1],
      ['judge-disagreement', null, 1],
    ],
  )
  assert.deepEqual([annotation.maxOpen, annotation.keepMs], [1000, 30 * 86_400_000])
})

test('what is written is what holds, and no rule at all may be', () => {
  const { annotation } = compile(
    withAnnotation(`  rubric:
    - { name: quality, labels: [great, good, poor, awful], description: By the handbook. }
    - { name: tone, labels: [kind, plain, rude], good: [kind] }
  rules:
    - { when: evaluator-fail, route: support, evaluator: says-something, sample: 0.5 }
    - { when: sample, sample: 0.01 }
  max_open: 20
  keep: 7d`),
  )
  assert.deepEqual(
    annotation.rubric.map(({ good, description }) => [good, description]),
    [
      [['great', 'good'], 'By the handbook.'],
      [['kind'], null],
    ],
  )
  assert.deepEqual(annotation.rules, [
    { when: 'evaluator-fail', route: 'support', evaluator: 'says-something', sample: 0.5 },
    { when: 'sample', route: null, evaluator: null, sample: 0.01 },
  ])
  assert.deepEqual([annotation.maxOpen, annotation.keepMs], [20, 7 * 86_400_000])
  assert.deepEqual(compile(withAnnotation('  rules: []')).annotation.rules, [])
})

const REFUSALS: readonly [lines: string, message: RegExp, suggestion?: RegExp][] = [
  ['  ▸rubrik: []', /unknown key "rubrik"/, /"rubric"/],
  ['  rules: [{ when: ▸thumbs-dwn }]', /"thumbs-dwn" is not one of/, /"thumbs-down"/],
  ['  rules: [{ when: sample, sample: 0.1, ▸rout: support }]', /unknown key "rout"/, /"route"/],
  ['  rules: [{ when: thumbs-down, route: ▸suport }]', /no route "suport"/, /"support"/],
  ['  rules: [{ when: ▸sample }]', /say which share: `sample: 0.01`/],
  ['  rules: [{ when: sample, sample: ▸2 }]', /2 /],
  ['  rules: [{ when: sample, sample: 0.1, ▸evaluator: says-something }]', /`evaluator` is for `when: evaluator-fail`/],
  ['  rules: [{ when: evaluator-fail, evaluator: ▸say-something }]', /no evaluator "say-something" on any/, /says-/],
  ['  rules: [{ when: ▸evaluator-fail, route: bare }]', /no `evaluators` on the route "bare"/],
  ['  rubric: [{ name: ▸cache, labels: [a, b] }]', /"cache" is asked by itself/],
  ['  rubric: [{ name: a, labels: [x, y] }, { name: ▸a, labels: [x, y] }]', /"a" is asked twice/],
  ['  rubric: [{ name: a, labels: [x, ▸x] }]', /"x" stands here twice/],
  ['  rubric: [{ name: a, labels: ▸[x] }]', /./],
  ['  rubric: [{ name: a, labels: [x, ▸5] }]', /5 is not a word/],
  ['  rubric: [{ name: a, labels: [good, bad], good: [▸god] }]', /"god" is none of the labels/, /"good"/],
  ['  rubric: [{ name: a, labels: [x, y], good: ▸[x, y] }]', /every label is good/],
  ['  keep: ▸soon', /is not a duration/],
  ['  max_open: ▸0', /0 /],
]
for (const [lines, message, suggestion] of REFUSALS)
  test(`refused: ${lines.trim().replace('▸', '')}`, () => {
    const { source, line, column } = marked(withAnnotation(lines))
    const [problem] = problemsOf(source)
    assert.match(problem!.message, message)
    if (suggestion) assert.match(problem!.suggestion ?? '', suggestion)
    assert.deepEqual([problem!.line, problem!.column], [line, column])
  })
