/** Characters of a fact of an item, as of an imported one. */
const LONGEST = 256

/** What people said of one reply, by criterion; the oldest first. */
export type Labels = readonly Readonly<Record<string, unknown>>[]

/** `label.CRITERION`: what most said, or of as many the newest. */
export function labelFacts(labels: Labels): Record<string, string> {
  const criteria = [...new Set(labels.flatMap((label) => Object.keys(label)))]
  return Object.fromEntries(
    criteria.flatMap((criterion) => {
      const said = labels.flatMap((label) => textOf(label[criterion]))
      const value = mostFrequent(said)
      return value === null ? [] : [[`label.${criterion}`, value]]
    }),
  )
}

function textOf(value: unknown): string[] {
  const isThere = value !== null && value !== undefined && value !== '' && typeof value !== 'object'
  return isThere ? [String(value).slice(0, LONGEST)] : []
}

function mostFrequent(values: readonly string[]): string | null {
  const counts = new Map<string, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const most = Math.max(...counts.values())
  return values.findLast((value) => counts.get(value) === most) ?? null
}
