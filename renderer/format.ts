/** Numbers, times and money as the UI prints them. `null` means not known and always prints as a dash. */

export const unknown = '—'

const counts = new Intl.NumberFormat('en-US')
const pad = (value: number, length = 2) => String(value).padStart(length, '0')

/** A whole number with thousands separators. */
export function formatCount(value: number | null): string {
  return value === null ? unknown : counts.format(value)
}

/** Three significant digits and a unit letter from a thousand up, e.g. `1.24k`, `18M`. */
export function formatShort(value: number | null): string {
  if (value === null) return unknown
  if (value < 1000) return String(Math.round(value))
  const [divisor, letter] = value < 999_500 ? [1e3, 'k'] : value < 999_500_000 ? [1e6, 'M'] : [1e9, 'G']
  return `${trimZeros((value / divisor).toPrecision(3))}${letter}`
}

/** Drops zeros after a decimal point only: `1.20` becomes `1.2`, and `120` stays. */
function trimZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits
}

/** Milliseconds in the unit that keeps three digits: `0.4 ms`, `412 ms`, `4.12 s`, `2 m 05 s`. */
export function formatDuration(milliseconds: number | null): string {
  if (milliseconds === null) return unknown
  if (milliseconds === 0) return '0 ms'
  if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`
  if (milliseconds < 999.5) return `${Math.round(milliseconds)} ms`
  if (milliseconds < 9995) return `${(milliseconds / 1000).toFixed(2)} s`
  if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ${pad(seconds % 60)} s`
  return `${Math.floor(seconds / 3600)} h ${pad(Math.floor((seconds % 3600) / 60))} m`
}

/** Milliseconds at a mark of an axis, where values are round: `2 s` rather than `2.00 s`. */
export function formatTick(milliseconds: number | null): string {
  return formatDuration(milliseconds).replace(/[\d.]+/g, trimZeros)
}

/** US dollars: a known zero is `$0`, small sums keep two significant digits, an unknown one is a dash. */
export function formatCost(dollars: number | null): string {
  if (dollars === null) return unknown
  if (dollars === 0) return '$0'
  if (dollars < 0.000001) return '<$0.000001'
  if (dollars < 0.01) return `$${dollars.toFixed(Math.min(7, 1 - Math.floor(Math.log10(dollars))))}`
  if (dollars < 1) return `$${dollars.toFixed(3)}`
  return `$${dollars.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
}

/** A sum of the costs that are known. Zero is no sum: it cannot be told from nothing having had a price. */
export function formatSum(dollars: number): string {
  return formatCost(dollars === 0 ? null : dollars)
}

/** A share as a percentage; a dash when there is nothing to take a share of. */
export function formatShare(part: number, whole: number): string {
  if (whole === 0) return unknown
  const percent = (part / whole) * 100
  if (percent === 0 || percent === 100) return `${percent}%`
  return percent < 10 ? `${percent.toFixed(1)}%` : `${Math.round(percent)}%`
}

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** Bytes in the unit that keeps three digits, each 1,024 times the one before, as in the config: `64 MB`. */
export function formatBytes(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 999.5 && unit < byteUnits.length - 1) {
    value /= 1024
    unit += 1
  }
  const digits =
    unit === 0 || value >= 99.95 ? String(Math.round(value)) : value < 1 ? value.toFixed(2) : value.toPrecision(3)
  return `${trimZeros(digits)} ${byteUnits[unit]}`
}

/** Local wall-clock time in two parts, so that the milliseconds can be printed fainter. */
export function formatClock(epochMilliseconds: number): { time: string; fraction: string } {
  const date = new Date(epochMilliseconds)
  return {
    time: `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`,
    fraction: `.${pad(date.getMilliseconds(), 3)}`,
  }
}

/** Local date and time to the second. */
export function formatMoment(iso: string): string {
  const date = new Date(iso)
  const day = `${date.getFullYear()}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`
  return `${day} ${formatClock(date.getTime()).time}`
}

/** How long ago, coarsely: `just now`, `40 s ago`, `12 m ago`, `3 h ago`, `2 d ago`. */
export function formatAgo(iso: string, now: number): string {
  const seconds = Math.max(0, (now - Date.parse(iso)) / 1000)
  if (seconds < 5) return 'just now'
  if (seconds < 60) return `${Math.floor(seconds)} s ago`
  if (seconds < 3600) return `${Math.floor(seconds / 60)} m ago`
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ago`
  return `${Math.floor(seconds / 86_400)} d ago`
}

/** `1 request`, `2 requests`. */
export function formatPlural(value: number, noun: string): string {
  return `${counts.format(value)} ${noun}${value === 1 ? '' : 's'}`
}
