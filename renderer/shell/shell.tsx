import { useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { RequestDetail } from '../detail/request-detail.tsx'
import { useKeys } from '../keys.ts'
import { pages } from '../pages/index.ts'
import { useCommands } from './commands.ts'
import { KeyMap } from './key-map.tsx'
import { Navigation } from './navigation.tsx'
import { Palette } from './palette.tsx'
import { StatusStrip } from './status-strip.tsx'

/** The frame around every page: navigation, the page, the detail beside it, and the strip below. */
export function Shell() {
  const [overlay, setOverlay] = useState<'palette' | 'keys' | null>(null)
  const [, navigate] = useLocation()
  const showKeys = () => setOverlay('keys')
  const showPalette = () => setOverlay('palette')
  const commands = useCommands(showKeys)

  useKeys([
    { keys: ['mod+k'], name: 'Command palette', group: 'Anywhere', run: showPalette, inFields: true },
    { keys: ['?'], name: 'This key map', group: 'Anywhere', run: showKeys },
    ...pages.map((page) => ({
      keys: [`g ${page.key}`],
      name: `Go to ${page.name}`,
      group: 'Anywhere' as const,
      run: () => navigate(page.path),
    })),
  ])

  return (
    <div className="grid h-full grid-cols-[var(--navigation-width)_minmax(0,1fr)] grid-rows-[minmax(0,1fr)_var(--strip-height)]">
      <Navigation openPalette={showPalette} />
      <main className="relative flex min-h-0 min-w-0 flex-col">
        <Switch>
          {pages.map((page) => (
            <Route key={page.path} path={page.path} component={page.component} />
          ))}
          <Route>
            <p className="p-5 text-ink-2">There is no page at this address.</p>
          </Route>
        </Switch>
      </main>
      <StatusStrip />
      <RequestDetail />
      {overlay === 'palette' && <Palette commands={commands} close={() => setOverlay(null)} />}
      {overlay === 'keys' && <KeyMap close={() => setOverlay(null)} />}
    </div>
  )
}
