/** Rows with their columns aligned: the first row's texts are headings, columns in `right` have numbers. */
export function table(rows: readonly (readonly string[])[], right: ReadonlySet<number> = new Set()): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)))
  return rows.map((row) =>
    row
      .map((text, column) => (right.has(column) ? text.padStart(widths[column]!) : text.padEnd(widths[column]!)))
      .join('  ')
      .trimEnd(),
  )
}

/** Names and values in two columns. */
export function pairs(values: Readonly<Record<string, unknown>>): string[] {
  const rows = Object.entries(values).map(([name, value]) => [name, valueText(value)])
  return rows.length === 0 ? [] : table(rows)
}

/** Text without quotes, lists and objects on one line; what is not there as a dash. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return '-'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(valueText).join(' ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .map(([name, member]) => `${name} ${valueText(member)}`)
    .join(', ')
}

export function indented(lines: readonly string[], by = 2): string[] {
  return lines.map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`))
}

/** `-` where it is not known. */
export function milliseconds(ms: number | null): string {
  if (ms === null) return '-'
  return ms < 10_000 ? `${Math.round(ms)} ms` : `${Math.round(ms / 100) / 10} s`
}

/** Two digits that count, and cents at least, e.g. `$0.00042`, `$1.20`; `-` where it is not known. */
export function dollars(usd: number | null): string {
  if (usd === null) return '-'
  if (usd === 0) return '$0'
  return `$${usd.toFixed(Math.max(2, Math.min(12, 1 - Math.floor(Math.log10(usd)))))}`
}

/** `-` where it is not known. */
export function percent(share: number | null): string {
  return share === null ? '-' : `${(share * 100).toFixed(1)} %`
}

export function count(number: number): string {
  return number.toLocaleString('en-US')
}

/** Lines as they are printed; names that callers made up can do nothing to a terminal. */
export function page(lines: readonly string[]): string {
  return lines.map((line) => `${line.replace(/\p{Cc}/gu, '\u{fffd}')}\n`).join('')
}
