import { formatDuration } from '../format.ts'

/** As a person writes it: text without quotes, members one after the other, what is not there as a dash. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '—'
  if (Array.isArray(value)) return value.map(valueText).join(', ')
  if (typeof value !== 'object') return String(value)
  return Object.entries(value)
    .filter(([, member]) => member !== null)
    .map(([name, member]) => `${nameOf(name)} ${valueOfMember(name, member)}`)
    .join(' · ')
}

/** Without the unit that its value is written with, and in words. */
export function nameOf(name: string): string {
  return name.replace(/_ms$/, '').replaceAll('_', ' ')
}

function valueOfMember(name: string, value: unknown): string {
  return name.endsWith('_ms') && typeof value === 'number' ? formatDuration(value) : valueText(value)
}

/** True for what says nothing: not there, or a list or object without members. */
export function isEmpty(value: unknown): boolean {
  if (value === null || value === undefined) return true
  return typeof value === 'object' && Object.values(value).every((member) => member === null)
}
