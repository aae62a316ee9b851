import { RE2JS } from 're2js'
import { FACTS, type Facts, isFactPath } from '../core/facts.ts'
import type { Condition, Finding } from '../core/policy.ts'
import type { Path, ProblemList } from './problems.ts'
import { suggest } from './suggest.ts'

type Test = (value: unknown) => boolean

/** Tests by operator. Each is given the operand and returns the test, or throws with what the operand must be. */
const OPERATORS: Record<string, (operand: unknown) => Test> = {
  $eq: (operand) => (value) => value === operand,
  $ne: (operand) => (value) => value !== operand,
  $in: (operand) => {
    const list = listOf(operand)
    return (value) => (Array.isArray(value) ? value.some((item) => list.includes(item)) : list.includes(value))
  },
  $nin: (operand) => {
    const list = listOf(operand)
    return (value) => !list.includes(value)
  },
  // RE2 runs in linear time, so that no caller's text can hang the gateway.
  $regex: (operand) => {
    if (typeof operand !== 'string') throw new TypeError('must be a regular expression (RE2 syntax)')
    const pattern = RE2JS.compile(operand)
    return (value) => typeof value === 'string' && pattern.matcher(value).find()
  },
  $gt: (operand) => compare(operand, (order) => order > 0),
  $lt: (operand) => compare(operand, (order) => order < 0),
  $gte: (operand) => compare(operand, (order) => order >= 0),
  $lte: (operand) => compare(operand, (order) => order <= 0),
  $exists: (operand) => {
    if (typeof operand !== 'boolean') throw new TypeError('must be true or false')
    return (value) => (value !== undefined && value !== null) === operand
  },
}

/** What joins predicates: `$and` and `$or` a list of them, `$not` one. */
const COMBINATORS: Record<string, (predicates: readonly Predicate[]) => (facts: Facts) => boolean> = {
  $and: (predicates) => (facts) => predicates.every(({ matches }) => matches(facts)),
  $or: (predicates) => (facts) => predicates.some(({ matches }) => matches(facts)),
  $not: (predicates) => (facts) => !predicates.every(({ matches }) => matches(facts)),
}

/** What a predicate may ask about. */
export interface Vocabulary {
  isFact(path: string): boolean
  /** For messages: every fact, but for those whose names are made up, such as `metadata.*`. */
  names: readonly string[]
}

/** What is known of a request before it is answered. */
const REQUEST: Vocabulary = { isFact: isFactPath, names: ['metadata.*', ...Object.keys(FACTS)] }
/** Levels of predicates within predicates. */
const DEEPEST = 16

type Document = Readonly<Record<string, unknown>>

export type Predicate = Pick<Condition, 'matches' | 'explain'>

/** One test of a fact, or joined predicates. */
interface Step {
  holds(facts: Facts): boolean
  finding(facts: Facts): Finding
}

/**
 * Compiles `{ fact: test, … }`, of which all must hold. A test is a plain value or operators with operands; combinators
 * stand beside facts. Problems are added with their place; what is returned then must not be used.
 */
export function compilePredicate(
  document: Document,
  path: Path,
  problems: ProblemList,
  vocabulary: Vocabulary = REQUEST,
): Predicate {
  return predicateOf(compileSteps(document, path, { problems, vocabulary }, 1))
}

interface Compiling {
  problems: ProblemList
  vocabulary: Vocabulary
}

function predicateOf(steps: readonly Step[]): Predicate {
  return {
    matches: (facts) => steps.every((step) => step.holds(facts)),
    explain: (facts) => steps.map((step) => step.finding(facts)),
  }
}

function compileSteps(document: Document, path: Path, compiling: Compiling, depth: number): Step[] {
  const { problems, vocabulary } = compiling
  return Object.entries(document).flatMap(([name, value]) => {
    const place = [...path, name]
    if (Object.hasOwn(COMBINATORS, name)) return compileCombinator(name, value, place, compiling, depth)
    if (!vocabulary.isFact(name)) {
      const names = [...vocabulary.names, ...Object.keys(COMBINATORS)]
      problems.add(place, `"${name}" is not a fact of a request`, {
        at: 'key',
        suggestion: suggest(name, names) ?? `known: ${names.join(', ')}`,
      })
    }
    return compileTests(name, value, place, problems)
  })
}

function compileCombinator(name: string, operand: unknown, path: Path, compiling: Compiling, depth: number): Step[] {
  const { problems } = compiling
  if (depth > DEEPEST) {
    problems.add(path, `predicates stand within each other ${DEEPEST} levels deep at most`, { at: 'key' })
    return []
  }
  const single = name === '$not'
  const documents = single ? [operand] : operand
  if (!Array.isArray(documents) || documents.length === 0 || !documents.every(isDocument)) {
    const what = single ? 'a predicate with at least one fact' : 'a list of predicates, each with at least one fact'
    problems.add(path, `${name} takes ${what}`)
    return []
  }
  const branches = documents.map((document, index) =>
    compileSteps(document, single ? path : [...path, index], compiling, depth + 1),
  )
  const holds = COMBINATORS[name]!(branches.map(predicateOf))
  const finding = (facts: Facts): Finding => ({
    fact: name,
    operator: name,
    operand,
    passed: holds(facts),
    tests: branches.map((steps, index) => branchFinding(steps, documents[index], facts)),
  })
  return [{ holds, finding }]
}

function isDocument(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0
}

/** A predicate with several tests is shown as what it means: all of them. */
function branchFinding(steps: readonly Step[], operand: unknown, facts: Facts): Finding {
  const tests = steps.map((step) => step.finding(facts))
  if (tests.length === 1) return tests[0]!
  return { fact: '$and', operator: '$and', operand, passed: tests.every(({ passed }) => passed), tests }
}

/** The tests of one fact. */
function compileTests(fact: string, condition: unknown, path: Path, problems: ProblemList): Step[] {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return [stepOf(fact, '$eq', condition, OPERATORS.$eq!(condition))]
  const steps: Step[] = []
  for (const [operator, operand] of Object.entries(condition)) {
    const make = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
    if (!make) {
      problems.add([...path, operator], `unknown operator "${operator}"`, {
        at: 'key',
        suggestion: Object.hasOwn(COMBINATORS, operator)
          ? `${operator} stands beside facts and takes predicates`
          : (suggest(operator, Object.keys(OPERATORS)) ?? `known: ${Object.keys(OPERATORS).join(' ')}`),
      })
      continue
    }
    try {
      steps.push(stepOf(fact, operator, operand, make(operand)))
    } catch (error) {
      problems.add([...path, operator], `the operand of ${operator} is wrong: ${(error as Error).message}`)
    }
  }
  return steps
}

function stepOf(fact: string, operator: string, operand: unknown, test: Test): Step {
  return {
    holds: (facts) => test(facts(fact)),
    finding(facts) {
      const value = facts(fact)
      return { fact, operator, operand, value, passed: test(value) }
    },
  }
}

function listOf(operand: unknown): unknown[] {
  if (!Array.isArray(operand)) throw new TypeError('must be a list')
  return operand
}

function compare(operand: unknown, accept: (order: number) => boolean): Test {
  if (typeof operand !== 'number' && typeof operand !== 'string') throw new TypeError('must be a number or a text')
  return (value) => {
    if (typeof operand === 'number') {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
      return typeof number === 'number' && Number.isFinite(number) && accept(number - operand)
    }
    return typeof value === 'string' && accept(value < operand ? -1 : value > operand ? 1 : 0)
  }
}
