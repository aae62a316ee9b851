/** Rows as aligned text: the first column to the left, all others to the right unless `left` names them. */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]!.length)))
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => (left.includes(column) ? text.padEnd(widths[column]!) : text.padStart(widths[column]!)))
      .join('  ')
      .trimEnd()
  return [header, widths.map((width) => '-'.repeat(width)), ...rows].map(line).join('\n')
}

export function decimals(value: number | null, digits: number): string {
  return value === null || !Number.isFinite(value) ? '–' : value.toFixed(digits)
}

export function percent(value: number | null): string {
  return value === null ? '–' : `${(value * 100).toFixed(0)} %`
}

export function times(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(2)}×`
}

export function megabytes(bytes: number | null): string {
  return bytes === null ? '–' : `${(bytes / 2 ** 20).toFixed(0)} MB`
}
