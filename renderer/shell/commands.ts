/** What the command palette offers, besides opening a request by its id. */
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { api } from '../api.ts'
import { firstRequestCommand } from '../curl.ts'
import { live, useLive } from '../live/client.ts'
import { pages } from '../pages/index.ts'
import { copyText } from '../parts/copy-button.tsx'
import { askWhoIsSignedIn, sessionQuery } from '../queries.ts'
import { type Theme, writeTheme } from '../theme.ts'

export interface Command {
  name: string
  /** The keys that do the same, where there are any. */
  keys?: string
  run: () => void
}

const themes: readonly Theme[] = ['system', 'dark', 'light']

/** The commands as things stand now. */
export function useCommands(showKeys: () => void): Command[] {
  const [, navigate] = useLocation()
  const paused = useLive((state) => state.paused)
  const session = useQuery(sessionQuery).data
  return [
    ...pages.map((page) => ({ name: `Go to ${page.name}`, keys: `g ${page.key}`, run: () => navigate(page.path) })),
    { name: paused ? 'Resume live' : 'Pause live', run: () => live.setPaused(!paused) },
    {
      name: 'Copy curl for a first request',
      run: () => {
        if (session) void copyText(firstRequestCommand(location.origin, session))
      },
    },
    ...themes.map((theme) => ({ name: `Theme: ${theme}`, run: () => writeTheme(theme) })),
    { name: 'Show the key map', keys: '?', run: showKeys },
    {
      name: 'Sign out',
      run: () => {
        void api.signOut().finally(askWhoIsSignedIn)
      },
    },
  ]
}
