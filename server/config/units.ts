const MILLISECONDS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }
const BYTES: Record<string, number> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 }

/** `500ms`, `2s`, `1.5h` … in milliseconds. The schema has checked the form. */
export function readDuration(text: string): number {
  const [, number, unit] = /^([\d.]+)(\w+)$/.exec(text)!
  return Number(number) * MILLISECONDS[unit!]!
}

/** `512KB`, `20MB`, `1GB` in bytes. The schema has checked the form. */
export function readSize(text: string): number {
  const [, number, unit] = /^(\d+)(\w+)$/.exec(text)!
  return Number(number) * BYTES[unit!]!
}
