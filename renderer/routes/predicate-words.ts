/** A predicate in a line that is read at a glance. */

const signs: Readonly<Record<string, string>> = {
  $eq: '=',
  $ne: '≠',
  $gt: '>',
  $lt: '<',
  $gte: '≥',
  $lte: '≤',
  $in: 'in',
  $nin: 'not in',
  $regex: 'matches',
}

/** `metadata.tier = enterprise and request.tokens > 8000` for a predicate as JSON; what is none stays as it is. */
export function predicateWords(json: string): string {
  try {
    return allOf(JSON.parse(json))
  } catch {
    return json
  }
}

function allOf(predicate: unknown): string {
  if (typeof predicate !== 'object' || predicate === null) return String(predicate)
  return Object.entries(predicate)
    .map(([fact, test]) => factWords(fact, test))
    .join(' and ')
}

function factWords(fact: string, test: unknown): string {
  if (fact === '$not') return `not (${allOf(test)})`
  if ((fact === '$and' || fact === '$or') && Array.isArray(test))
    return `(${test.map(allOf).join(fact === '$and' ? ' and ' : ' or ')})`
  if (typeof test !== 'object' || test === null || Array.isArray(test)) return `${fact} = ${operand(test)}`
  return Object.entries(test)
    .map(([operator, value]) => {
      if (operator === '$exists') return `${fact} is ${value === true ? '' : 'not '}there`
      return `${fact} ${signs[operator] ?? operator} ${operand(value)}`
    })
    .join(' and ')
}

function operand(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(operand).join(', ')}]`
  return typeof value === 'string' ? value : JSON.stringify(value)
}
