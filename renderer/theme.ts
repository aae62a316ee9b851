/** Dark, light, or whatever the operating system says; remembered in this browser. */

export type Theme = 'system' | 'dark' | 'light'

const storageKey = 'gatehouse-theme'
const listeners = new Set<() => void>()

/** The theme that was chosen here last. */
export function readTheme(): Theme {
  const stored = localStorage.getItem(storageKey)
  return stored === 'dark' || stored === 'light' ? stored : 'system'
}

/** Chooses a theme, shows it at once and remembers it. */
export function writeTheme(theme: Theme): void {
  localStorage.setItem(storageKey, theme)
  applyTheme()
}

/** Moves on from system to dark to light and back. */
export function cycleTheme(): void {
  const next: Record<Theme, Theme> = { system: 'dark', dark: 'light', light: 'system' }
  writeTheme(next[readTheme()])
}

/** Shows the chosen theme; called before the first paint. */
export function applyTheme(): void {
  const theme = readTheme()
  if (theme === 'system') delete document.documentElement.dataset.theme
  else document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

/** Calls back when the colours change, by choice here or in the operating system. */
export function onThemeChange(listener: () => void): () => void {
  const system = matchMedia('(prefers-color-scheme: dark)')
  listeners.add(listener)
  system.addEventListener('change', listener)
  return () => {
    listeners.delete(listener)
    system.removeEventListener('change', listener)
  }
}
