import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { LineCounter, parseDocument } from 'yaml'
import { compilePredicate, type Predicate } from '../../server/config/predicate.ts'
import { type Problem, ProblemList } from '../../server/config/problems.ts'
import type { Facts } from '../../server/core/facts.ts'
import type { Finding } from '../../server/core/policy.ts'
import { marked } from './compile.ts'

type Document = Record<string, unknown>

/** Compiles a predicate as it stands in a file; throws what is wrong with it. */
function compileText(text: string): { predicate: Predicate; problems: readonly Problem[] } {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines })
  const problems = new ProblemList(document, lines)
  return { predicate: compilePredicate(document.toJS() as Document, [], problems), problems: problems.problems }
}

function compiled(document: Document): Predicate {
  const { predicate, problems } = compileText(JSON.stringify(document))
  assert.deepEqual(problems, [])
  return predicate
}

const factsOf =
  (known: Document): Facts =>
  (path) =>
    known[path]

const matches = (document: Document, known: Document) => compiled(document).matches(factsOf(known))

describe('operators', () => {
  const OUTCOMES: readonly [Document, unknown, boolean][] = [
    [{ $eq: 'a' }, 'a', true],
    [{ $eq: 1 }, '1', false],
    [{ $ne: 'a' }, 'b', true],
    [{ $ne: 'a' }, undefined, true],
    [{ $in: ['a', 'b'] }, 'b', true],
    [{ $in: ['a', 'b'] }, ['x', 'b'], true],
    [{ $in: ['a'] }, undefined, false],
    [{ $nin: ['a'] }, undefined, true],
    [{ $nin: ['a'] }, 'a', false],
    [{ $regex: '^a+$' }, 'aaa', true],
    [{ $regex: 'a' }, 'xay', true],
    [{ $regex: 'a' }, 5, false],
    [{ $gt: 5 }, 6, true],
    [{ $gt: 5 }, '6', true],
    [{ $gt: 5 }, '', false],
    [{ $gt: 5 }, undefined, false],
    [{ $lt: 'b' }, 'a', true],
    [{ $gte: 5, $lte: 7 }, 7, true],
    [{ $gte: 5, $lte: 7 }, 8, false],
    [{ $exists: true }, null, false],
    [{ $exists: true }, 0, true],
    [{ $exists: false }, undefined, true],
  ]
  for (const [test, value, expected] of OUTCOMES)
    it(`${JSON.stringify(test)} ${expected ? 'holds' : 'does not hold'} for ${JSON.stringify(value)}`, () => {
      assert.equal(matches({ tenant: test }, { tenant: value }), expected)
    })

  it('take a hundred thousand letters that would keep a backtracking engine busy for ever', () => {
    const text = `${'a'.repeat(100_000)}!`
    assert.equal(matches({ 'metadata.text': { $regex: '(a+)+$' } }, { 'metadata.text': text }), false)
    assert.equal(matches({ 'metadata.text': { $regex: '^(a|a?)+$' } }, { 'metadata.text': text }), false)
  })
})

describe('combinators', () => {
  const acme = { tenant: 'acme' }
  const tools = { 'request.has_tools': true }

  it('join predicates beside facts', () => {
    const document = { $or: [acme, { $and: [tools, { $not: { team: 'ops' } }] }], 'request.stream': true }
    const known = (tenant: string, has_tools: boolean, team: string, stream: boolean) => ({
      tenant,
      team,
      'request.has_tools': has_tools,
      'request.stream': stream,
    })
    assert.equal(matches(document, known('acme', false, 'ops', true)), true)
    assert.equal(matches(document, known('other', true, 'dev', true)), true)
    assert.equal(matches(document, known('other', true, 'ops', true)), false)
    assert.equal(matches(document, known('acme', true, 'dev', false)), false)
  })

  it('deny a predicate as a whole: one of its facts that fails is enough', () => {
    const document = { $not: { ...acme, ...tools } }
    assert.equal(matches(document, { tenant: 'acme', 'request.has_tools': true }), false)
    assert.equal(matches(document, { tenant: 'acme', 'request.has_tools': false }), true)
  })

  it('ask no more facts than it takes', () => {
    const asked: string[] = []
    const facts: Facts = (path) => {
      asked.push(path)
      return path === 'tenant' ? 'acme' : undefined
    }
    compiled({ $or: [acme, { 'request.language': 'de' }] }).matches(facts)
    assert.deepEqual(asked, ['tenant'])
  })
})

describe('explaining', () => {
  it('names every test with its operand, the value and the outcome', () => {
    const document = {
      tenant: 'acme',
      'request.tokens': { $gt: 10, $lt: 20 },
      $or: [{ team: 'ops' }, { user: 'ann', team: { $exists: true } }],
    }
    const findings = compiled(document).explain(factsOf({ tenant: 'acme', 'request.tokens': 30, team: 'dev' }))
    assert.deepEqual(findings, [
      { fact: 'tenant', operator: '$eq', operand: 'acme', value: 'acme', passed: true },
      { fact: 'request.tokens', operator: '$gt', operand: 10, value: 30, passed: true },
      { fact: 'request.tokens', operator: '$lt', operand: 20, value: 30, passed: false },
      {
        fact: '$or',
        operator: '$or',
        operand: document.$or,
        passed: false,
        tests: [
          { fact: 'team', operator: '$eq', operand: 'ops', value: 'dev', passed: false },
          {
            fact: '$and',
            operator: '$and',
            operand: document.$or[1],
            passed: false,
            tests: [
              { fact: 'user', operator: '$eq', operand: 'ann', value: undefined, passed: false },
              { fact: 'team', operator: '$exists', operand: true, value: 'dev', passed: true },
            ],
          },
        ],
      },
    ])
  })
})

const values = fc.constantFrom<unknown>('a', 'b', '7', 7, 12, true, false, null, undefined, ['a', 'b'])
const known = fc.dictionary(fc.constantFrom('tenant', 'team', 'request.tokens', 'metadata.tier'), values)
const tests = fc.oneof(
  fc.constantFrom<unknown>('a', 7, true, null),
  fc.constantFrom<unknown>({ $eq: 'a' }, { $ne: 7 }, { $in: ['a', 7] }, { $nin: ['b'] }, { $regex: '^[ab]' }),
  fc.constantFrom<unknown>({ $gt: 7 }, { $lte: 'a' }, { $exists: true }, { $exists: false }, { $gte: 7, $lt: 12 }),
)
const { predicate: predicates } = fc.letrec<{ predicate: Document; joined: Document; plain: Document }>((tie) => ({
  plain: fc.dictionary(fc.constantFrom('tenant', 'team', 'request.tokens', 'metadata.tier'), tests, { minKeys: 1 }),
  joined: fc.oneof(
    fc.record({ $and: fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ $or: fc.array(tie('predicate'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ $not: tie('predicate') }),
    fc.tuple(tie('plain'), tie('predicate')).map(([plain, below]) => ({ ...plain, $not: below })),
  ),
  predicate: fc.oneof({ maxDepth: 4 }, tie('plain'), tie('joined')),
}))

/** Every finding agrees with the findings below it. */
function checkFinding({ operator, passed, tests: below, ...rest }: Finding): void {
  if (below === undefined) {
    assert.ok('value' in rest)
    return
  }
  const held = below.map((finding) => finding.passed)
  const expected = { $and: held.every(Boolean), $or: held.some(Boolean), $not: !held.every(Boolean) }[operator]
  assert.equal(passed, expected)
  below.forEach(checkFinding)
}

describe('whatever the predicate and the facts', () => {
  it('explaining agrees with matching, at every level', () => {
    fc.assert(
      fc.property(predicates, known, (document, some) => {
        const predicate = compiled(document)
        const findings = predicate.explain(factsOf(some))
        assert.equal(
          findings.every(({ passed }) => passed),
          predicate.matches(factsOf(some)),
        )
        findings.forEach(checkFinding)
      }),
      { numRuns: 500 },
    )
  })

  it('the laws of De Morgan and of double negation hold', () => {
    fc.assert(
      fc.property(predicates, predicates, known, (one, other, some) => {
        const denied = [{ $not: one }, { $not: other }]
        assert.equal(matches({ $not: { $and: [one, other] } }, some), matches({ $or: denied }, some))
        assert.equal(matches({ $not: { $or: [one, other] } }, some), matches({ $and: denied }, some))
        assert.equal(matches({ $not: { $not: one } }, some), matches(one, some))
        assert.equal(matches({ $and: [one] }, some), matches({ $or: [one] }, some))
      }),
    )
  })
})

describe('refused with its place', () => {
  const REFUSALS: Readonly<Record<string, { text: string; message: RegExp; suggestion?: RegExp }>> = {
    'a combinator without a list': { text: '$or: ▸{ tenant: a }', message: /\$or takes a list of predicates/ },
    'an empty list': { text: '$and: ▸[]', message: /\$and takes a list of predicates/ },
    'an empty predicate': { text: '$and: ▸[{ tenant: a }, {}]', message: /each with at least one fact/ },
    'a text in place of a predicate': { text: '$or: ▸[tenant]', message: /\$or takes a list of predicates/ },
    'a list denied': { text: '$not: ▸[{ tenant: a }]', message: /\$not takes a predicate with/ },
    'a wrong operand deep inside': {
      text: '$or:\n  - $not:\n      tenant: { $in: ▸acme }',
      message: /operand of \$in is wrong: must be a list/,
    },
    'a fact that is none deep inside': {
      text: '$and:\n  - tenant: a\n  - ▸tenent: b',
      message: /"tenent" is not a fact/,
      suggestion: /did you mean "tenant"\?/,
    },
    'a combinator that is none': {
      text: '▸$nand: [{ tenant: a }]',
      message: /"\$nand" is not a fact/,
      suggestion: /did you mean "\$and"\?/,
    },
    'a combinator under a fact': {
      text: 'tenant: { ▸$not: { $eq: a } }',
      message: /unknown operator "\$not"/,
      suggestion: /\$not stands beside facts/,
    },
    'a regular expression with a look-ahead': { text: 'tenant: { $regex: ▸"(?=a)" }', message: /operand of \$regex/ },
    'more levels than sixteen': {
      text: `${'{ $not: '.repeat(16)}{ ▸$not: { tenant: a } }${' }'.repeat(16)}`,
      message: /16 levels deep at most/,
    },
  }
  for (const [name, { text, message, suggestion }] of Object.entries(REFUSALS))
    it(name, () => {
      const { source, line, column } = marked(text)
      const { problems } = compileText(source)
      assert.equal(problems.length, 1, JSON.stringify(problems))
      assert.match(problems[0]!.message, message)
      assert.match(problems[0]!.suggestion ?? '', suggestion ?? /^/)
      assert.deepEqual([problems[0]!.line, problems[0]!.column], [line, column])
    })

  it('but sixteen levels are fine', () => {
    const { problems } = compileText(`${'{ $not: '.repeat(16)}{ tenant: a }${' }'.repeat(16)}`)
    assert.deepEqual(problems, [])
  })
})
