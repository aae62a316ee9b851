type Options = Readonly<Record<string, unknown>>

/** A list of texts that are not empty, at least one. Throws a TypeError, as all readers of options do. */
export function textsOption(options: Options, name: string): readonly string[] {
  const value = options[name]
  if (!Array.isArray(value) || value.length === 0 || !value.every((item) => typeof item === 'string' && item !== ''))
    throw new TypeError(`\`${name}\` must be a list of texts`)
  return value
}

export function optionalTexts(options: Options, name: string): readonly string[] | null {
  return options[name] === undefined ? null : textsOption(options, name)
}

/** A text that is not empty. */
export function textOption(options: Options, name: string, fallback?: string): string {
  const value = options[name] ?? fallback
  if (typeof value !== 'string' || value === '') throw new TypeError(`\`${name}\` must be a text`)
  return value
}

/** A whole number from `least` to `most`. */
export function countOption(options: Options, name: string, least: number, most: number, fallback: number): number {
  const value = options[name] ?? fallback
  if (!Number.isInteger(value) || (value as number) < least || (value as number) > most)
    throw new TypeError(`\`${name}\` must be a whole number from ${least} to ${most}`)
  return value as number
}

/** One of some words; the first where none is given. */
export function choiceOption<Choice extends string>(
  options: Options,
  name: string,
  choices: readonly [Choice, ...Choice[]],
): Choice {
  const value = options[name] ?? choices[0]
  if (!choices.includes(value as Choice))
    throw new TypeError(`\`${name}\` must be one of: ${choices.map((choice) => `\`${choice}\``).join(', ')}`)
  return value as Choice
}

/** Members by their names. */
export function membersOption(options: Options, name: string): Options {
  const value = options[name] ?? {}
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new TypeError(`\`${name}\` must be a mapping`)
  return value as Options
}

/** A number from `least` to `most`. */
export function numberOption(options: Options, name: string, least: number, most: number, fallback: number): number {
  const value = options[name] ?? fallback
  if (typeof value !== 'number' || !(value >= least && value <= most))
    throw new TypeError(`\`${name}\` must be a number from ${least} to ${most}`)
  return value
}
