import { Monitor, Moon, Sun } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { cycleTheme, onThemeChange, readTheme, type Theme } from '../theme.ts'

const icons: Record<Theme, typeof Sun> = { system: Monitor, dark: Moon, light: Sun }

/** Moves on to the next theme. */
export function ThemeButton() {
  const theme = useSyncExternalStore(onThemeChange, readTheme)
  const Icon = icons[theme]
  return (
    <button
      type="button"
      className="button button-quiet button-square flex-none"
      aria-label={`Theme: ${theme}`}
      title={`Theme: ${theme}`}
      onClick={cycleTheme}
    >
      <Icon size={14} />
    </button>
  )
}
