import type { MenuItemConstructorOptions } from 'electron'

/** The application menu: what the keyboard needs and no more. Without an Edit menu, copy and paste fail on macOS. */
export function applicationMenu(platform: NodeJS.Platform, developerTools: boolean): MenuItemConstructorOptions[] {
  const tools: MenuItemConstructorOptions[] = developerTools ? [{ type: 'separator' }, { role: 'toggleDevTools' }] : []
  return [
    platform === 'darwin' ? { role: 'appMenu' } : { label: 'Gatehouse', submenu: [{ role: 'quit' }] },
    { role: 'editMenu' },
    {
      label: 'View',
      submenu: [
        { role: 'reload' },
        { type: 'separator' },
        { role: 'resetZoom' },
        { role: 'zoomIn' },
        { role: 'zoomOut' },
        { type: 'separator' },
        { role: 'togglefullscreen' },
        ...tools,
      ],
    },
    { role: 'windowMenu' },
  ]
}
