import Type from 'typebox'

/** Unknown members are refused. */
export const closed = { additionalProperties: false }

/** `expects` is read by the error messages: what a person should write here. */
export const Duration = (description: string, fallback?: string) =>
  Type.String({
    pattern: '^\\d+(\\.\\d+)?(ms|s|m|h|d)$',
    expects: 'a duration such as 500ms, 2s, 5m or 1h',
    description,
    ...(fallback === undefined ? {} : { default: fallback }),
  })

export const Size = (description: string, fallback: string) =>
  Type.String({
    pattern: '^[1-9]\\d*(KB|MB|GB)$',
    expects: 'a size such as 512KB or 20MB',
    description,
    default: fallback,
  })
