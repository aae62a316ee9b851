import { RE2JS } from 're2js'
import { FACTS, type Facts, isFactPath } from '../core/facts.ts'
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

/**
 * Compiles `{ fact: test, … }`, of which all must hold. A test is a plain value or operators with operands.
 * Problems are added with their place; what is returned then must not be used.
 */
export function compilePredicate(
  document: Readonly<Record<string, unknown>>,
  path: Path,
  problems: ProblemList,
): (facts: Facts) => boolean {
  const tests: [string, Test][] = []
  for (const [fact, condition] of Object.entries(document)) {
    if (!isFactPath(fact))
      problems.add([...path, fact], `"${fact}" is not a fact of a request`, {
        at: 'key',
        suggestion: suggest(fact, Object.keys(FACTS)) ?? `known: metadata.*, ${Object.keys(FACTS).join(', ')}`,
      })
    for (const test of compileCondition(condition, [...path, fact], problems)) tests.push([fact, test])
  }
  return (facts) => tests.every(([fact, test]) => test(facts(fact)))
}

function compileCondition(condition: unknown, path: Path, problems: ProblemList): Test[] {
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition))
    return [OPERATORS.$eq!(condition)]
  const tests: Test[] = []
  for (const [operator, operand] of Object.entries(condition)) {
    const make = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
    if (!make) {
      problems.add([...path, operator], `unknown operator "${operator}"`, {
        at: 'key',
        suggestion: suggest(operator, Object.keys(OPERATORS)) ?? `known: ${Object.keys(OPERATORS).join(' ')}`,
      })
      continue
    }
    try {
      tests.push(make(operand))
    } catch (error) {
      problems.add([...path, operator], `the operand of ${operator} is wrong: ${(error as Error).message}`)
    }
  }
  return tests
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
