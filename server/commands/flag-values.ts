import { UsageError } from '../options.ts'

/** Without what is not there. */
export function some<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>
  }
}

/** Throws a UsageError for what is no number. */
export function numberIn<Name extends string>(
  values: Readonly<Partial<Record<Name, string>>>,
  name: Name,
): number | undefined {
  const text = values[name]
  if (text === undefined) return undefined
  const number = Number(text)
  if (text.trim() === '' || !Number.isFinite(number)) throw new UsageError(`--${name} takes a number, not "${text}".`)
  return number
}
